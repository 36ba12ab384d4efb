import { exponential } from './backoff.ts'
import type { Clock } from './clock.ts'

export interface PaceOptions {
  readonly clock: Pick<Clock, 'elapsed'>
  /** From 0 to below 1. Default `Math.random`. */
  readonly random?: () => number
  /** The longest wait after the first failure, in ms; it doubles with each. Default 500. */
  readonly first?: number
  /** No wait is longer, in ms. Default 30,000. */
  readonly cap?: number
  /** What has lasted so long, in ms, was no failure: the next wait is a first one again. Default 10,000. */
  readonly stable?: number
}

/** How long to wait before what was lost is opened again. */
export interface Pace {
  /** It is open. */
  opened(): void
  /** It is lost, or could not be opened: the wait in ms. */
  next(): number
}

/**
 * Waits that grow, with full jitter: what was lost together does not come back together. For transports that come back by
 * themselves. Throws `option-invalid`.
 */
export function createPace({ clock, random, first = 500, cap = 30_000, stable = 10_000 }: PaceOptions): Pace {
  const { delay } = exponential({ first, cap, factor: 2, ...(random && { random }) })
  let failures = 0
  let since: number | undefined
  return {
    opened: () => void (since = clock.elapsed()),
    next() {
      if (since !== undefined && clock.elapsed() - since >= stable) failures = 0
      since = undefined
      return delay(++failures)
    },
  }
}
