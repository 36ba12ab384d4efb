import type { BusEvent } from './event.ts'
import { matchSegments, parsePattern, parseTopic } from './topic.ts'

/** The newest events, in a ring; beside each, whatever the bus wants to remember of it (`F`). */
export class History<F> {
  readonly capacity: number
  readonly #events: (BusEvent | undefined)[]
  readonly #fates: (F | undefined)[]
  readonly #onFull: () => void
  #next = 0
  #rounds = 0

  /** `onFull` is called once: from then on every event drops the oldest. */
  constructor(capacity: number, onFull: () => void) {
    const places = Math.max(capacity, 1) // a history of none still has a place to write to: no question on the way
    this.capacity = capacity
    this.#events = Array.from({ length: places }, () => undefined)
    this.#fates = Array.from({ length: places }, () => undefined)
    this.#onFull = onFull
  }

  /** Events that have left the ring. */
  get dropped(): number {
    return Math.max(0, this.#rounds * this.#events.length + this.#next - this.capacity)
  }

  /** Returns the event's place, for `remember`. */
  push(event: BusEvent, fate: F): number {
    const place = this.#next++
    this.#events[place] = event
    this.#fates[place] = fate
    if (this.#next === this.#events.length) this.#turn()
    return place
  }

  /** Does nothing when the event has left the ring meanwhile. */
  remember(place: number, event: BusEvent, fate: F): void {
    if (this.#events[place] === event) this.#fates[place] = fate
  }

  /** The event that has a place now. */
  at(place: number): BusEvent | undefined {
    return this.#events[place]
  }

  /** What is remembered of the event with that id. */
  find(id: string): F | undefined {
    for (const place of this.#places()) if (this.#events[place]?.id === id) return this.#fates[place]
    return undefined
  }

  /** Newest first. Throws `pattern-invalid`. Costs one match per type among the stored events. */
  select(pattern: string, limit: number, knows: (type: string) => boolean): BusEvent[] {
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

  oldestFirst(): BusEvent[] {
    return [...this.#places()].map((place) => this.#events[place]!).toReversed()
  }

  #turn(): void {
    this.#next = 0
    if (this.#rounds++ === 0) this.#onFull()
  }

  /** From the newest to the oldest. */
  *#places(): Generator<number> {
    const { length } = this.#events
    const stored = Math.min(this.#rounds > 0 ? length : this.#next, this.capacity)
    for (let back = 1; back <= stored; back++) yield (this.#next - back + length) % length
  }
}
