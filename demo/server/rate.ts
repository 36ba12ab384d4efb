import type { Clock } from '@heliobus/core'
import { Refusal } from './refusal.ts'

export interface RateOptions {
  /** How many at once. */
  readonly burst: number
  /** How many come free again each second. */
  readonly perSecond: number
  readonly clock: Pick<Clock, 'elapsed'>
}

/** A token bucket. The returned function takes one, or throws a `Refusal`, `too-many`, that says when to come again. */
export function createRate({ burst, perSecond, clock }: RateOptions): () => void {
  let left = burst
  let before = clock.elapsed()
  return () => {
    const now = clock.elapsed()
    left = Math.min(burst, left + ((now - before) / 1_000) * perSecond)
    before = now
    if (left < 1) throw tooMany((1 - left) / perSecond)
    left--
  }
}

function tooMany(seconds: number): Refusal {
  const headers = { 'retry-after': String(Math.ceil(seconds)) }
  return new Refusal(429, 'too-many', 'more requests than are taken; come again later', { headers })
}
