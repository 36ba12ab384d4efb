import { checkOption, isCount, isMs } from './option.ts'

/** When a failed handler is called again. */
export interface Retry {
  /** Calls in all, the first included: 3 means two more after the first. */
  readonly attempts: number
  /** How long to wait after the n-th failure (1 is the first), in ms. */
  readonly delay: (failure: number) => number
  /** False: this error won't go away, so give up at once. Default: every error may. */
  readonly retryIf?: ((error: unknown, failure: number) => boolean) | undefined
}

export interface ExponentialOptions {
  /** Calls in all, the first included. Default 3. */
  readonly attempts?: number
  /** The longest wait after the first failure, in ms. Default 1,000. */
  readonly first?: number
  /** How much longer each next one may be. Default 4. */
  readonly factor?: number
  /** No wait is longer, in ms. Default 30,000. */
  readonly cap?: number
  readonly retryIf?: (error: unknown, failure: number) => boolean
  /** From 0 to below 1. Default `Math.random`. */
  readonly random?: () => number
}

/**
 * Waits that grow, with full jitter: each is anywhere between nothing and its longest, so that what failed together does
 * not come back together ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015). Throws `option-invalid`.
 */
export function exponential({
  attempts = 3,
  first = 1_000,
  factor = 4,
  cap = 30_000,
  random = Math.random,
  retryIf,
}: ExponentialOptions = {}): Retry {
  checkOption('attempts', attempts, isCount, 'must be a whole number above 0')
  checkOption('first', first, isFrom(0), 'must be ms, not below 0')
  checkOption('factor', factor, isFrom(1), 'must be 1 or more')
  checkOption('cap', cap, isMs, 'must be ms, not below 0 and below 2 ** 31')
  return { attempts, delay: (failure) => random() * Math.min(cap, first * factor ** (failure - 1)), retryIf }
}

function isFrom(least: number): (value: number) => boolean {
  return (value) => Number.isFinite(value) && value >= least
}
