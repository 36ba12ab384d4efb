const KEPT = 64

/** How many a second, over the last minute: for rates and sparklines. */
export class Seconds {
  readonly #counts = new Uint32Array(KEPT)
  #newest = Number.NEGATIVE_INFINITY

  /** `at` in epoch ms. A time more than a minute before the newest has no place here. */
  count(at: number): void {
    const second = Math.floor(at / 1_000)
    if (second !== this.#newest) this.#advance(second)
    if (this.#newest - second < KEPT) this.#counts[place(second)]!++
  }

  /** Events per second, over the last 5 whole seconds before `now` (epoch ms). */
  rate(now: number): number {
    return this.last(5, now).reduce((sum, count) => sum + count, 0) / 5
  }

  /** The counts of the last whole seconds before `now`, oldest first; at most 60. */
  last(seconds: number, now: number): number[] {
    const end = Math.floor(now / 1_000)
    return Array.from({ length: Math.min(seconds, 60) }, (_, index) =>
      this.#at(end - Math.min(seconds, 60) + index),
    )
  }

  #at(second: number): number {
    const age = this.#newest - second
    return age >= 0 && age < KEPT ? this.#counts[place(second)]! : 0
  }

  #advance(second: number): void {
    const steps = second - this.#newest
    if (steps <= 0 || Number.isNaN(steps)) return
    if (steps >= KEPT) this.#counts.fill(0)
    else for (let step = 0; step < steps; step++) this.#counts[place(second - step)] = 0
    this.#newest = second
  }
}

function place(second: number): number {
  return ((second % KEPT) + KEPT) % KEPT
}
