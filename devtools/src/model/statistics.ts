import { Durations, type Percentiles, percentilesOf } from './durations.ts'
import { HandlerStatistics } from './handler-counts.ts'
import { Seconds } from './seconds.ts'
import { TypicalSize } from './typical-size.ts'

/** Counters of a type, or of all together. All exact; percentiles are within 3.2 %. */
export interface TypeFigures {
  readonly type: string
  /** Events that entered the bus. */
  readonly published: number
  /** Events that came over a bridge. */
  readonly received: number
  /** Handlers that finished: two handlers of one event count two. */
  readonly handled: number
  readonly failures: number
  readonly unhandled: number
  /** Events that went no further. */
  readonly dropped: number
  /** Events published per second, over the last 5 whole seconds. */
  readonly rate: number
  /** When the newest was published, epoch ms; 0 for never. */
  readonly newest: number
  /** Of the durations of handlers. */
  readonly ms: Percentiles
}

/** The counters themselves. Plain fields: this is on the way of every signal. */
export class TypeCounts {
  readonly type: string
  published = 0
  received = 0
  handled = 0
  failures = 0
  unhandled = 0
  dropped = 0
  /** When the newest was published, epoch ms. */
  newest = 0
  readonly seconds: Seconds = new Seconds()
  durations: Durations | undefined = undefined
  /** Of the data of its events. */
  readonly size: TypicalSize = new TypicalSize()
  /** Number of its domain in the timeline; -1 until somebody has asked. */
  domain: number

  constructor(type: string, domain = -1) {
    this.type = type
    this.domain = domain
  }

  publishedAt(at: number): void {
    this.published++
    this.newest = at
    this.seconds.count(at)
  }

  took(ms: number | undefined): void {
    if (ms !== undefined) (this.durations ??= new Durations()).record(ms)
  }

  /** `now` in epoch ms. */
  figures(now: number): TypeFigures {
    const { type, published, received, handled, failures, unhandled, dropped, newest } = this
    return {
      type,
      published,
      received,
      handled,
      failures,
      unhandled,
      dropped,
      rate: this.seconds.rate(now),
      newest,
      ms: percentilesOf(this.durations),
    }
  }
}

const MOST = 10_000

/**
 * Statistics per type and their sums, and per handler, counted as signals come: neither a full ring nor a cleared view
 * changes them. Types beyond the first 10,000 are counted together under `other`. About 300 bytes a type, 2 KiB more when
 * timed.
 */
export class Statistics {
  readonly all: TypeCounts = new TypeCounts('')
  readonly handlers: HandlerStatistics = new HandlerStatistics()
  /** Publishes and arrivals that were refused, whatever their type. */
  refused = 0
  readonly #byType = new Map<string, TypeCounts>()
  readonly #other = new TypeCounts('other', 0)

  /** Counters by type, those under `other` not among them. */
  get types(): ReadonlyMap<string, TypeCounts> {
    return this.#byType
  }

  /** The types met so far, in the order in which they came; `other` only when it counts something. */
  get met(): readonly TypeCounts[] {
    const own = [...this.#byType.values()]
    const { published, dropped, received } = this.#other
    return published + dropped + received > 0 ? [...own, this.#other] : own
  }

  /** Its counters; made if it is new. */
  of(type: string): TypeCounts {
    return this.#byType.get(type) ?? this.#meet(type)
  }

  /** A handler ended well, after so many ms if it was timed. */
  handled(type: string, handler: string, ms: number | undefined): void {
    const own = this.of(type)
    const by = this.handlers.of(handler)
    own.handled++
    own.took(ms)
    this.all.handled++
    this.all.took(ms)
    by.took(ms)
  }

  /** A handler failed, at `at` (epoch ms). */
  failed(type: string, handler: string, ms: number | undefined, error: unknown, at: number): void {
    const own = this.of(type)
    const by = this.handlers.of(handler)
    own.failures++
    own.took(ms)
    this.all.failures++
    this.all.took(ms)
    by.took(ms)
    by.failed(error, at)
  }

  /** `now` in epoch ms. */
  figures(now: number): readonly TypeFigures[] {
    return this.met.map((counts) => counts.figures(now))
  }

  #meet(type: string): TypeCounts {
    if (this.#byType.size >= MOST) return this.#other
    const counts = new TypeCounts(type)
    this.#byType.set(type, counts)
    return counts
  }
}
