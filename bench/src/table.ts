import { brief, median, quantile, type Series } from './figures.ts'
import type { Effort } from './measure.ts'
import type { Plot } from './plot.ts'

/** One demand, measured. */
export interface Bar {
  readonly what: string
  readonly measured: number
  readonly spread: readonly [number, number] | undefined
  readonly limit: number
  /** What the design asks for, where the limit is only what is held today (docs/decisions/0011). */
  readonly goal?: number
  readonly sense: 'at most' | 'at least'
  readonly unit: string
  /** How often it was measured, if more than once: this is the best. */
  readonly attempts?: number
}

export interface Result {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
  readonly bars: readonly Bar[]
  /** What the reader should know about how it was measured. */
  readonly note?: string
  readonly plot?: Plot
}

export interface Table {
  run(effort: Effort): Promise<Result>
}

/** A limit that is what is held today, with the goal that it falls short of. */
export function shortOf(goal: number, bar: Bar): Bar {
  return { ...bar, goal }
}

export function atMost(limit: number, what: string, measured: Series | number, unit = '×'): Bar {
  return { what, ...summary(measured), limit, sense: 'at most', unit }
}

export function atLeast(limit: number, what: string, measured: Series | number, unit = '×'): Bar {
  return { what, ...summary(measured), limit, sense: 'at least', unit }
}

function summary(measured: Series | number): Pick<Bar, 'measured' | 'spread'> {
  if (typeof measured === 'number') return { measured, spread: undefined }
  const { values } = measured
  return { measured: median(values), spread: [quantile(values, 0.1), quantile(values, 0.9)] }
}

/** How far the demand is exceeded: up to 1 it is met. */
export function strain({ measured, limit, sense }: Bar): number {
  if (measured === limit) return 1 // also when both are 0
  return sense === 'at most' ? measured / limit : limit / measured
}

export function met(bar: Bar): boolean {
  return strain(bar) <= 1
}

export function sentence(bar: Bar): string {
  const { what, measured, spread, limit, goal, sense, unit, attempts } = bar
  const range = spread === undefined ? '' : ` (p10–p90 ${brief(spread[0])}–${brief(spread[1])})`
  const best = attempts === undefined ? '' : `, best of ${attempts}`
  const aim = goal === undefined ? '' : ` (goal: ${brief(goal)})`
  return `${met(bar) ? '✓' : '✗'} ${what}: ${brief(measured)} ${unit}${range}, bar: ${sense} ${brief(limit)} ${unit}${aim}${best}`
}
