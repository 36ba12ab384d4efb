import type { TimeRange } from '../../model/view.ts'
import { clockTime } from '../look/figures.ts'

/** Lines of time, all of them at round times. */
export interface TimeTicks {
  /** Epoch ms. */
  readonly at: readonly number[]
  readonly labelOf: (at: number) => string
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const steps = [
  ...[0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
]

/** As many as there is room for: `most` at most, the range's ends included. */
export function timeTicks({ from, to }: TimeRange, most: number): TimeTicks {
  const least = (to - from) / Math.max(1, most - 1)
  const days = Math.ceil(least / (24 * HOUR)) * 24 * HOUR
  const step = steps.find((one) => one >= least) ?? days
  const first = Math.ceil(from / step)
  const count = Math.max(0, Math.floor(to / step) - first + 1)
  const at = Array.from({ length: count }, (_, index) => (first + index) * step)
  return { at, labelOf: (time) => clockTime(time).slice(0, lengthOf(step)) }
}

/** How much of `12:04:31.023` differs from one line to the next. */
function lengthOf(step: number): number {
  if (step < SECOND) return 12
  return step < MINUTE ? 8 : 5
}
