import type { BusEvent } from './event.ts'
import { matchSegments, parsePattern, parseTopic } from './topic.ts'

/** The newest events, in a ring; beside each, whatever the bus wants to remember of it (`F`). */
export class History<F> {
  readonly capacity: number
  readonly #events: BusEvent[] = []
  readonly #fates: (F | undefined)[] = []
  #next = 0
  /** Events that have left the ring. */
  dropped = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** Returns the event's place, for `remember`. */
  push(event: BusEvent): number {
    const place = this.#next
    if (this.#events.length < this.capacity) {
      this.#events.push(event)
      this.#fates.push(undefined)
    } else if (this.capacity > 0) {
      this.#events[place] = event
      this.#fates[place] = undefined
      this.dropped++
    } else this.dropped++
    this.#next = place + 1 < this.capacity ? place + 1 : 0
    return place
  }

  /** Does nothing when the event has left the ring meanwhile. */
  remember(place: number, event: BusEvent, fate: F): void {
    if (this.#events[place] === event) this.#fates[place] = fate
  }

  /** The stored event of that id with what is remembered of it, newest first. */
  find(id: string): { readonly event: BusEvent; readonly fate: F | undefined } | undefined {
    for (const place of this.#places()) {
      const event = this.#events[place]!
      if (event.id === id) return { event, fate: this.#fates[place] }
    }
    return undefined
  }

  /** Newest first. Throws `pattern-invalid`. Costs one match per stored event until `limit` is reached. */
  select(pattern: string, limit: number, knows: (type: string) => boolean = () => true): BusEvent[] {
    const wanted = parsePattern(pattern)
    const known = new Map<string, boolean>()
    const found: BusEvent[] = []
    for (const place of this.#places()) {
      if (found.length >= limit) break
      const event = this.#events[place]!
      const fits =
        known.get(event.type) ?? (matchSegments(wanted, parseTopic(event.type)) && knows(event.type))
      known.set(event.type, fits)
      if (fits) found.push(event)
    }
    return found
  }

  *#places(): Generator<number> {
    const { length } = this.#events
    for (let back = 1; back <= length; back++) yield (this.#next - back + length) % length
  }
}
