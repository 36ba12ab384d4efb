const FIRST = 256 // steps
const EVERY = 16 // steps

/** Time for a piece of work done in steps, in ms. Looks at the clock every 16 steps; the first 256 are always granted. */
export class Budget {
  readonly #ms: number
  readonly #clock: () => number
  readonly #start: number
  #steps = 0

  /** `clock` in ms. */
  constructor(ms: number, clock: () => number) {
    this.#ms = ms
    this.#clock = clock
    this.#start = ms === Number.POSITIVE_INFINITY ? 0 : clock()
  }

  /** Asked once per step: true when it was the last. A clock that was set back has no say. */
  isSpent(): boolean {
    if (++this.#steps < FIRST || this.#steps % EVERY !== 0 || this.#ms === Number.POSITIVE_INFINITY)
      return false
    return Math.abs(this.#clock() - this.#start) >= this.#ms
  }
}
