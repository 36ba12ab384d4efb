import { type Bus, BusError, type BusEvent, type Clock, matches } from '@heliobus/core'
import { subscribeIfOpen } from './open-subscription.ts'

export interface RenderOptions {
  /**
   * At most one render in so many ms: the first event renders at once, what follows is gathered. Default 0: as often as
   * React renders, which is once for all events of a task.
   */
  readonly every?: number
}

export interface HistoryOptions extends RenderOptions {
  /** How many events, at least 1. Default 100. */
  readonly limit?: number
}

/**
 * The newest events of some patterns. Fits `useSyncExternalStore`: the newest event is the snapshot, for whatever
 * changes, changes it. Until somebody subscribes it looks into the bus's history, so nothing is missed before.
 */
export class RecentEvents {
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #patterns: readonly string[]
  readonly #limit: number
  readonly #every: number
  /** Oldest first; up to twice the limit, so that it need not be cut for every event. */
  #kept: BusEvent[] = []
  #live = false
  #shown: BusEvent | undefined = undefined
  #timer: unknown = undefined

  /** Throws `option-invalid`. */
  constructor(bus: Bus, clock: Clock, patterns: readonly string[], limit: number, every: number) {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new BusError('option-invalid', {
        option: 'limit',
        reason: `must be a whole number from 1, not ${limit}`,
      })
    }
    if (!Number.isFinite(every) || every < 0) {
      throw new BusError('option-invalid', { option: 'every', reason: `must be ms from 0, not ${every}` })
    }
    this.#bus = bus
    this.#clock = clock
    this.#patterns = patterns
    this.#limit = limit
    this.#every = every
  }

  /** Throws `pattern-invalid`. */
  readonly newest = (): BusEvent | undefined =>
    this.#live ? this.#shown : (this.#history(1)[0] ?? this.#kept.at(-1))

  /** Newest first. Copies `limit` events. */
  events(): readonly BusEvent[] {
    const all = this.#live ? this.#kept : this.#recall()
    return all.slice(-this.#limit).toReversed()
  }

  /** Throws `pattern-invalid`. */
  readonly subscribe = (changed: () => void): (() => void) => {
    const take = (event: BusEvent): void => this.#take(event, changed)
    const stop = subscribeIfOpen(this.#bus, this.#patterns, take, { name: 'useHistory' })
    this.#kept = this.#recall()
    this.#shown = this.#kept.at(-1)
    this.#live = true
    return () => {
      stop()
      this.#live = false
      this.#clock.clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  #take(event: BusEvent, changed: () => void): void {
    this.#kept.push(event)
    if (this.#kept.length >= 2 * this.#limit) this.#kept = this.#kept.slice(-this.#limit)
    if (this.#timer === undefined) this.#show(changed)
  }

  #show(changed: () => void): void {
    this.#timer = undefined
    const newest = this.#kept.at(-1)
    if (newest === this.#shown) return
    this.#shown = newest
    if (this.#every > 0) this.#timer = this.#clock.setTimeout(() => this.#show(changed), this.#every)
    changed()
  }

  /** What was kept, and what the bus remembers that came later; oldest first. */
  #recall(): BusEvent[] {
    const past = this.#history(this.#limit)
    const known = past.findIndex((event) => event === this.#kept.at(-1))
    const later = known === -1 ? past : past.slice(0, known)
    return [...this.#kept, ...later.toReversed()].slice(-this.#limit)
  }

  /** Newest first. The bus looks for one pattern at a time, and what it finds for each could not be put in order. */
  #history(limit: number): BusEvent[] {
    const [first, ...others] = this.#patterns
    if (first === undefined) return []
    if (others.length === 0) return this.#bus.history(first, { limit })
    const fits = (type: string): boolean => this.#patterns.some((pattern) => matches(pattern, type))
    const known = new Map<string, boolean>()
    const found: BusEvent[] = []
    for (const event of this.#bus.history()) {
      if (found.length >= limit) break
      if (!known.has(event.type)) known.set(event.type, fits(event.type))
      if (known.get(event.type)) found.push(event)
    }
    return found
  }
}
