import { Histogram } from './histogram.ts'
import { canonical } from './topic.ts'

/** Counters of a bus since it was made. All are exact; only `ms` rests on samples. */
export interface BusStats {
  /** Events that entered the bus, from here or over a bridge. */
  readonly published: number
  /** Handlers that were done with an event: two handlers of one event count two. */
  readonly delivered: number
  /** Calls of handlers that failed, those that were made again included. */
  readonly failures: number
  /** Events that a handler gave up on: two handlers count two. */
  readonly buried: number
  /** Events that no handler took. */
  readonly unhandled: number
  /** What the bounds of the bus's memories have cost so far. */
  readonly dropped: {
    readonly history: number
    readonly types: number
    readonly iterators: number
    readonly deadLetters: number
  }
  /** By topic as spelled; types beyond the first 10,000 are counted together under `other`. */
  readonly byType: Readonly<Record<string, TypeStatsSnapshot>>
}

export interface TypeStatsSnapshot {
  readonly published: number
  readonly delivered: number
  readonly failures: number
  readonly buried: number
  readonly unhandled: number
  /** Events per second, over the last 5 to 10 seconds. */
  readonly rate: number
  /** Handler durations: all of asynchronous handlers, one in 64 of synchronous ones; all while a tap listens. */
  readonly ms: { readonly p50: number; readonly p95: number; readonly p99: number; readonly samples: number }
}

const TYPES = 10_000
const WINDOW = 5_000

/** The counters of one topic. Plain fields, counted where things happen: this is on the way of every event. */
export class TypeStats {
  /** As it was spelled first. */
  readonly type: string
  published = 0
  delivered = 0
  failures = 0
  buried = 0
  unhandled = 0
  /** Which stretch of 5 s is being counted, from the epoch on: a small integer, so that no box is opened for an event. */
  #window = -1
  #inWindow = 0
  #inWindowBefore = 0
  #first = 0
  #ms: Histogram | undefined = undefined

  constructor(type: string) {
    this.type = type
  }

  publishedAt(time: number): void {
    this.published++
    const window = Math.floor(time / WINDOW)
    if (window !== this.#window) this.#turn(window, time)
    this.#inWindow++
  }

  took(ms: number): void {
    this.#ms ??= new Histogram()
    this.#ms.record(ms)
  }

  snapshot(now: number): TypeStatsSnapshot {
    const { published, delivered, failures, buried, unhandled } = this
    const ms = this.#ms
    const at = (share: number): number => ms?.percentile(share) ?? 0
    return {
      published,
      delivered,
      failures,
      buried,
      unhandled,
      rate: this.#rate(now),
      ms: { p50: at(0.5), p95: at(0.95), p99: at(0.99), samples: ms?.samples ?? 0 },
    }
  }

  /** Begins another window; the counting begins anew after a pause, or when the clock has stepped back. */
  #turn(window: number, time: number): void {
    const adjacent = window === this.#window + 1 && this.published > 1
    this.#inWindowBefore = adjacent ? this.#inWindow : 0
    this.#inWindow = 0
    if (!adjacent) this.#first = time
    this.#window = window
  }

  #rate(now: number): number {
    const window = Math.floor(now / WINDOW)
    if (this.published === 0 || window < this.#window) return 0
    if (window > this.#window) this.#turn(window, now)
    const span = now - Math.max(this.#first, (window - 1) * WINDOW)
    return (1_000 * (this.#inWindow + this.#inWindowBefore)) / Math.max(span, 1_000)
  }
}

/** Statistics per type, and their sums. */
export class Stats {
  readonly #byTopic = new Map<string, TypeStats>()
  readonly #onFull: (capacity: number) => void
  /** Topics beyond the bound, counted under `other`; one that was forgotten meanwhile and comes again counts again. */
  #overflow = 0

  /** `onFull` is called once, with the first topic that has no place of its own. */
  constructor(onFull: (capacity: number) => void = () => undefined) {
    this.#onFull = onFull
  }

  of(type: string): TypeStats {
    const topic = canonical(type)
    return this.#byTopic.get(topic) ?? (this.#byTopic.size < TYPES ? this.#meet(topic, type) : this.#other())
  }

  snapshot(now: number, dropped: Omit<BusStats['dropped'], 'types'>): BusStats {
    const all = [...this.#byTopic.values()]
    const sum = (count: 'published' | 'delivered' | 'failures' | 'buried' | 'unhandled'): number =>
      all.reduce((total, stats) => total + stats[count], 0)
    return {
      published: sum('published'),
      delivered: sum('delivered'),
      failures: sum('failures'),
      buried: sum('buried'),
      unhandled: sum('unhandled'),
      dropped: { ...dropped, types: this.#overflow },
      byType: Object.fromEntries(all.map((stats) => [stats.type, stats.snapshot(now)])),
    }
  }

  #other(): TypeStats {
    if (this.#overflow++ === 0) this.#onFull(TYPES)
    return this.#byTopic.get('other') ?? this.#meet('other', 'other')
  }

  #meet(topic: string, type: string): TypeStats {
    const stats = new TypeStats(type)
    this.#byTopic.set(topic, stats)
    return stats
  }
}
