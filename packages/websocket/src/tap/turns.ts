import type { Clock } from '@heliobus/core'

const MOST_WAITING = 4

/** One after the other, and so many things a second on the whole: what waits in line is bounded. */
export class Turns {
  readonly #clock: Clock
  readonly #perSecond: number
  #line: Promise<unknown> = Promise.resolve()
  #waiting = 0
  /** By the clock's `elapsed`: nothing is done before. */
  #freeAt = 0

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#perSecond = perSecond
  }

  /** Does so many things when it is their turn. Rejects when too many wait already. */
  async take<Result>(count: number, act: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= MOST_WAITING) throw new Error('too many wait to act already')
    this.#waiting++
    const turn = this.#line.then(async () => {
      await this.#free()
      this.#freeAt = this.#clock.elapsed() + (count * 1_000) / this.#perSecond
      return act()
    })
    this.#line = turn.catch(() => undefined)
    return turn.finally(() => this.#waiting--)
  }

  #free(): Promise<void> {
    const wait = this.#freeAt - this.#clock.elapsed()
    if (wait <= 0) return Promise.resolve()
    return new Promise((resolve) => this.#clock.setTimeout(resolve, Math.ceil(wait)))
  }
}
