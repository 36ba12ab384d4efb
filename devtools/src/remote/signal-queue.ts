import type { Signal } from '@heliobus/core'

/** Signals of one process that wait for those of others, oldest first. */
export class SignalQueue {
  /** Number of the process in the rows. */
  readonly process: number
  #signals: Signal[] = []
  #from = 0
  /** Events that are about to be published, and how far they had come. */
  readonly #publishing = new Map<string, number>()

  constructor(process: number) {
    this.process = process
  }

  get length(): number {
    return this.#signals.length - this.#from
  }

  get first(): Signal | undefined {
    return this.#signals[this.#from]
  }

  add(signal: Signal): void {
    this.#signals.push(signal)
    if (signal.type === 'published') this.#publishing.set(signal.event.id, signal.event.hops)
  }

  take(): Signal {
    const signal = this.#signals[this.#from++]!
    if (signal.type === 'published') this.#publishing.delete(signal.event.id)
    if (this.#from === this.#signals.length || this.#from > 1_000) this.#shorten()
    return signal
  }

  /** Whether an event that has arrived elsewhere is still to be published here. */
  holdsCauseOf(signal: Signal): boolean {
    if (signal.type !== 'received') return false
    const hops = this.#publishing.get(signal.event.id)
    return hops !== undefined && hops < signal.event.hops
  }

  #shorten(): void {
    this.#signals = this.#signals.slice(this.#from)
    this.#from = 0
  }
}
