import { BusError } from './errors.ts'

/** Throws `option-invalid` for a value that is not fine. What is not given always is. */
export function checkOption<T>(
  option: string,
  value: T | undefined,
  isFine: (value: T) => boolean,
  reason: string,
): void {
  if (value === undefined || isFine(value)) return
  throw new BusError('option-invalid', { option, reason: `${reason}, not ${String(value)}` })
}

/** A whole number above 0. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1
}

/** A whole number, or Infinity. */
export function isBound(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && value >= 0)
}

/** As long as a timer can wait. */
export function isMs(ms: number): boolean {
  return Number.isFinite(ms) && ms >= 0 && ms < 2 ** 31
}
