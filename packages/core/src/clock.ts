/** The only door to time. Inject another one to test without waiting. */
export interface Clock {
  /** Epoch milliseconds: what an event's `time` shows. */
  now(): number
  /** Milliseconds with fractions from any fixed point, never going back: what durations are measured with. */
  elapsed(): number
  /**
   * Runs once after `ms`; the returned value is only good for `clearTimeout`, and for its `unref` where it has one.
   */
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}

const stopwatch = performance // Node looks for it anew, and longer than it takes to read it, whenever it is asked for

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => stopwatch.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
}
