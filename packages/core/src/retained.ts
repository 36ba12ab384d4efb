import type { BusEvent } from './event.ts'

const KEPT = 10_000

/** The newest event of each type and key, of definitions that ask for it. Bounded: the one that is oldest goes first. */
export class Retained {
  readonly #events = new Map<string, BusEvent>()
  readonly #onFull: (capacity: number) => void
  #dropped = 0

  /** `onFull` is called once, with the first event that is pushed out. */
  constructor(onFull: (capacity: number) => void) {
    this.#onFull = onFull
  }

  keep(event: BusEvent): void {
    const place = JSON.stringify([event.type, event.key])
    this.#events.delete(place)
    this.#events.set(place, event)
    if (this.#events.size <= KEPT) return
    const [oldest] = this.#events.keys()
    this.#events.delete(oldest!)
    if (this.#dropped++ === 0) this.#onFull(KEPT)
  }

  get size(): number {
    return this.#events.size
  }

  /** Oldest first. */
  all(): BusEvent[] {
    return [...this.#events.values()]
  }
}
