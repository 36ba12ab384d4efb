import { BusError } from './errors.ts'

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
export function exponential(options: ExponentialOptions = {}): Retry {
  const settings = { ...usual, ...options }
  const { attempts, first, factor, cap, random, retryIf } = settings
  for (const [option, { isFine, wanted }] of Object.entries(demands)) check(option, settings, isFine, wanted)
  return { attempts, delay: (failure) => random() * Math.min(cap, first * factor ** (failure - 1)), retryIf }
}

const usual = { attempts: 3, first: 1_000, factor: 4, cap: 30_000, random: Math.random, retryIf: undefined }

interface Demand {
  readonly isFine: (value: number) => boolean
  readonly wanted: string
}

const isBelow = (bound: number) => (value: number) => value >= 0 && value < bound

const demands: Readonly<Record<'attempts' | 'first' | 'factor' | 'cap', Demand>> = {
  attempts: { isFine: (value) => Number.isInteger(value) && value >= 1, wanted: 'a whole number above 0' },
  first: { isFine: isBelow(Number.POSITIVE_INFINITY), wanted: 'ms, not below 0' },
  factor: { isFine: (value) => value >= 1 && Number.isFinite(value), wanted: '1 or more' },
  cap: { isFine: isBelow(2 ** 31), wanted: 'ms, not below 0 and below 2 ** 31' },
}

function check(option: string, settings: object, isFine: (value: number) => boolean, wanted: string): void {
  const value: unknown = Reflect.get(settings, option)
  if (typeof value === 'number' && isFine(value)) return
  throw new BusError('option-invalid', { option, reason: `must be ${wanted}, not ${String(value)}` })
}
