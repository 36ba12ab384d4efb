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

/** What a component asks for. */
export interface RecentQuery {
  readonly bus: Bus
  readonly clock: Clock
  readonly patterns: readonly string[]
  readonly limit: number
  readonly every: number
}

/**
 * The newest events of some patterns. Fits `useSyncExternalStore`: the newest event is the snapshot, for whatever
 * changes, changes it. Until somebody subscribes it looks into the bus's history, so nothing is missed before.
 */
export class RecentEvents {
  readonly #query: RecentQuery
  /** Whose events it goes on from, until it has its own. */
  #before: RecentEvents | undefined
  /** Oldest first; up to twice the limit, so that it need not be cut for every event. */
  #kept: BusEvent[] = []
  #live = false
  #shown: BusEvent | undefined = undefined
  #timer: unknown = undefined

  /** With the same bus and patterns as those `before`, it goes on with their events. Throws `option-invalid`. */
  constructor(query: RecentQuery, before?: RecentEvents) {
    validate(query)
    this.#query = query
    if (before !== undefined && before.#isAbout(query)) this.#before = before.#before ?? before
  }

  answers(query: RecentQuery): boolean {
    const { clock, limit, every } = this.#query
    return this.#isAbout(query) && clock === query.clock && limit === query.limit && every === query.every
  }

  /** Throws `pattern-invalid`. */
  readonly newest = (): BusEvent | undefined =>
    this.#live ? this.#shown : (this.#history(1)[0] ?? this.#held.at(-1))

  /** Newest first. Copies `limit` events. */
  events(): readonly BusEvent[] {
    const all = this.#live ? this.#kept : this.#recall()
    return all.slice(-this.#query.limit).toReversed()
  }

  /** Throws `pattern-invalid`. */
  readonly subscribe = (changed: () => void): (() => void) => {
    const { bus, clock, patterns } = this.#query
    const take = (event: BusEvent): void => this.#take(event, changed)
    const stop = subscribeIfOpen(bus, patterns, take, { name: 'useHistory' })
    this.#kept = this.#recall()
    this.#before = undefined
    this.#shown = this.#kept.at(-1)
    this.#live = true
    return () => {
      stop()
      this.#live = false
      clock.clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  get #held(): readonly BusEvent[] {
    return (this.#before ?? this).#kept
  }

  #isAbout({ bus, patterns }: RecentQuery): boolean {
    return this.#query.bus === bus && this.#query.patterns === patterns
  }

  #take(event: BusEvent, changed: () => void): void {
    const { limit } = this.#query
    this.#kept.push(event)
    if (this.#kept.length >= 2 * limit) this.#kept = this.#kept.slice(-limit)
    if (this.#timer === undefined) this.#show(changed)
  }

  #show(changed: () => void): void {
    this.#timer = undefined
    const { clock, every } = this.#query
    const newest = this.#kept.at(-1)
    if (newest === this.#shown) return
    this.#shown = newest
    if (every > 0) this.#timer = clock.setTimeout(() => this.#show(changed), every)
    changed()
  }

  /** What is held, between what the bus remembers from before and from after; oldest first. */
  #recall(): BusEvent[] {
    const { limit } = this.#query
    const held = this.#held
    const known = new Set(held)
    const past = this.#history(limit).toReversed()
    const first = past.findIndex((event) => known.has(event))
    const last = past.findLastIndex((event) => known.has(event))
    return [...past.slice(0, Math.max(first, 0)), ...held, ...past.slice(last + 1)].slice(-limit)
  }

  /** Newest first. The bus looks for one pattern at a time, and what it finds for each could not be put in order. */
  #history(limit: number): BusEvent[] {
    const { bus, patterns } = this.#query
    const [first, ...others] = patterns
    if (first === undefined) return []
    if (others.length === 0) return bus.history(first, { limit })
    const fits = (type: string): boolean => patterns.some((pattern) => matches(pattern, type))
    const known = new Map<string, boolean>()
    const found: BusEvent[] = []
    for (const event of bus.history()) {
      if (found.length >= limit) break
      if (!known.has(event.type)) known.set(event.type, fits(event.type))
      if (known.get(event.type)) found.push(event)
    }
    return found
  }
}

function validate({ limit, every }: RecentQuery): void {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new BusError('option-invalid', {
      option: 'limit',
      reason: `must be a whole number from 1, not ${limit}`,
    })
  }
  if (!Number.isFinite(every) || every < 0) {
    throw new BusError('option-invalid', { option: 'every', reason: `must be ms from 0, not ${every}` })
  }
}
