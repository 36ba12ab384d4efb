import type { Alert } from '@heliobus/core'
import { duration, wholeNumber } from '../look/figures.ts'

const causes: Readonly<Record<Alert['on'], string>> = {
  'dead-letters': 'dead letters',
  failures: 'failed calls',
  slow: 'slow calls',
}

/** What an alert is about, in words: `10 dead letters of order.** within 1 min`. */
export function alertText({ on, pattern, threshold, window }: Alert): string {
  const of = pattern === '**' ? '' : ` of ${pattern}`
  return `${wholeNumber(threshold)} ${causes[on] ?? on}${of} within ${spanText(window)}`
}

/** Windows are chosen, so most are round. */
function spanText(ms: number): string {
  if (ms % 60_000 === 0) return `${ms / 60_000} min`
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : duration(ms)
}
