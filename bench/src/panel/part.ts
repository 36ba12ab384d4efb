import { brief, median, type Series, spread } from '../figures.ts'
import type { Bar } from '../table.ts'

export type Row = readonly [what: string, median: string, spread: string, unit: string]

/** A part of the table. */
export interface Part {
  readonly rows: readonly Row[]
  readonly bars: readonly Bar[]
}

export function row(what: string, measured: Series | number, unit = ''): Row {
  if (typeof measured === 'number') return [what, brief(measured), '', unit]
  return [what, brief(median(measured.values)), spread(measured.values), unit]
}
