import { isObject } from './members.ts'

/** An object that came out of a file: anything may stand in it. */
export interface Members {
  readonly [name: string]: unknown
}

export function isRecord(value: unknown): value is Members {
  return isObject(value) && !Array.isArray(value)
}

/** The text, or none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The number, if it can be an amount; else 0. */
export function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0
}
