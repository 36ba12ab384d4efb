import type { BusEvent } from '@heliobus/core'
import type { Payloads } from './payloads.ts'

/** The newest events that were told of, by reference, for who asks for their data. */
export class RecentEvents {
  readonly #events = new Map<string, BusEvent>()
  readonly #payloads: Payloads
  readonly #most: number

  /** `most` events are kept. */
  constructor(payloads: Payloads, most: number) {
    this.#payloads = payloads
    this.#most = most
  }

  /** What comes again is kept as it came last: middleware may have changed it. */
  add(event: BusEvent): void {
    this.#events.set(event.id, event)
    if (this.#events.size > this.#most) this.#events.delete(this.#events.keys().next().value!)
  }

  clear(): void {
    this.#events.clear()
  }

  /** Its data without its secrets, or why there is none. Never throws. */
  payloadOf(id: string): ReturnType<Payloads['of']> {
    const event = this.#events.get(id)
    if (event === undefined) return { missing: `it is not among the newest ${this.#most} events any more` }
    return this.#payloads.of(event)
  }
}
