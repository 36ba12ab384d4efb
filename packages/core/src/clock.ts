/** The only door to time. Inject another one to test without waiting. */
export interface Clock {
  /** Epoch milliseconds: what an event's `time` shows. */
  now(): number
  /** Milliseconds with fractions from any fixed point, never going back: what durations are measured with. */
  elapsed(): number
  /** Runs once after `ms`; the returned value is only good for `clearTimeout`. */
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
}
