import { type Clock, createPace, type Pace } from '@heliobus/core'

export interface ComebackOptions {
  readonly clock: Clock
  /** From 0 to below 1. */
  readonly random: () => number
  /** Hears of each wait, in ms. */
  readonly waits: (ms: number) => void
}

/** When to connect again. */
export class Comeback {
  readonly #options: ComebackOptions
  readonly #run: () => void
  readonly #pace: Pace
  #asked: number | undefined = undefined
  #timer: unknown = undefined

  constructor(options: ComebackOptions, run: () => void) {
    this.#options = options
    this.#run = run
    this.#pace = createPace(options)
  }

  /** It is connected. */
  connected(): void {
    this.#pace.opened()
  }

  /** The hub goes, and wants to be left alone for so many ms. */
  notBefore(ms: number): void {
    this.#asked = ms
  }

  plan(): void {
    const ms = this.#wait()
    this.#timer = this.#options.clock.setTimeout(() => this.#go(), ms)
    this.#options.waits(ms)
  }

  /** What is planned is done now. */
  hurry(): void {
    if (this.#timer === undefined) return
    this.stop()
    this.#go()
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #go(): void {
    this.#timer = undefined
    this.#run()
  }

  #wait(): number {
    const asked = this.#asked
    this.#asked = undefined
    return asked === undefined ? this.#pace.next() : asked * (1 + this.#options.random())
  }
}
