import type { Clock } from '@heliobus/core'

export interface LivenessOptions {
  readonly clock: Clock
  /** How long to wait before asking, in ms: every so often, or after so much silence. */
  readonly after: number
  readonly regular: boolean
  /** How long to wait for a sign of life then, in ms. */
  readonly grace: number
  readonly ask: () => void
  readonly dead: () => void
}

/** Finds out whether the other side is still there. Any frame is a sign of life, and costs no timer. */
export class Liveness {
  readonly #options: LivenessOptions
  #heard: number
  #timer: unknown = undefined

  constructor(options: LivenessOptions) {
    this.#options = options
    this.#heard = options.clock.elapsed()
    this.#wait(options.after, () => this.#look())
  }

  heard(): void {
    this.#heard = this.#options.clock.elapsed()
  }

  /** Asks now. */
  probe(): void {
    const { clock, grace, ask } = this.#options
    const asked = clock.elapsed()
    this.#wait(grace, () => this.#judge(asked))
    ask()
  }

  stop(): void {
    this.#options.clock.clearTimeout(this.#timer)
  }

  #look(): void {
    const { clock, after, regular } = this.#options
    const silent = clock.elapsed() - this.#heard
    if (regular || silent >= after) this.probe()
    else this.#wait(after - silent, () => this.#look())
  }

  #judge(asked: number): void {
    const { after, grace, regular, dead } = this.#options
    if (this.#heard < asked) dead()
    else if (regular) this.#wait(Math.max(0, after - grace), () => this.#look())
    else this.#look()
  }

  #wait(ms: number, run: () => void): void {
    const { clock } = this.#options
    clock.clearTimeout(this.#timer)
    this.#timer = clock.setTimeout(run, ms)
  }
}
