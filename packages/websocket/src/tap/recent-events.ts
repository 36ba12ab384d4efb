import { type BusEvent, copyData, type JsonLimits, type Redactor } from '@heliobus/core'
import type { TapPayload } from '../tap-wire/frames.ts'

const DEEPEST = 32

/** The newest events that were told of, by reference, for who asks for their data. */
export class RecentEvents {
  readonly #events = new Map<string, BusEvent>()
  readonly #redactor: Redactor
  readonly #most: number
  readonly #limits: JsonLimits

  /** `most` events are kept; `payloadBytes` of JSON is the largest data that is given out. */
  constructor(redactor: Redactor, most: number, payloadBytes: number) {
    this.#redactor = redactor
    this.#most = most
    this.#limits = { depth: DEEPEST, bytes: payloadBytes }
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
  payloadOf(id: string): Pick<TapPayload, 'data' | 'missing'> {
    const event = this.#events.get(id)
    if (event === undefined) return { missing: `it is not among the newest ${this.#most} events any more` }
    try {
      const { data } = this.#redactor.redacted(event, this.#limits)
      return { data: copyData(data, this.#limits) }
    } catch (error) {
      return { missing: error instanceof Error ? error.message.slice(0, 500) : 'it cannot be read' }
    }
  }
}
