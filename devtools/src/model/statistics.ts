import { Durations } from './durations.ts'
import { Names } from './names.ts'
import { Seconds } from './seconds.ts'

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
  /** Durations of handlers in ms, and on how many calls they rest. */
  readonly ms: { readonly p50: number; readonly p95: number; readonly p99: number; readonly samples: number }
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

  constructor(type: string) {
    this.type = type
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
    const { type, published, received, handled, failures, unhandled, dropped, durations } = this
    const at = (share: number): number => durations?.percentile(share) ?? 0
    const ms = { p50: at(0.5), p95: at(0.95), p99: at(0.99), samples: durations?.samples ?? 0 }
    return {
      type,
      published,
      received,
      handled,
      failures,
      unhandled,
      dropped,
      rate: this.seconds.rate(now),
      ms,
    }
  }
}

/**
 * Statistics per type and their sums, counted as signals come: neither a full ring nor a cleared view changes them.
 * Types beyond the first 10,000 are counted together under `other`. About 300 bytes a type, 2 KiB more when timed.
 */
export class Statistics {
  readonly types: Names = new Names(10_000)
  readonly all: TypeCounts = new TypeCounts('')
  /** Publishes and arrivals that were refused, whatever their type. */
  refused = 0
  #byType: TypeCounts[] = [new TypeCounts('other')]

  /** The types met so far, in the order in which they came; `other` only when it counts something. */
  get met(): readonly TypeCounts[] {
    const [other, ...own] = this.#byType
    return other!.published + other!.dropped + other!.received > 0 ? [...own, other!] : own
  }

  /** Its counters; made if it is new. */
  of(type: string): TypeCounts {
    const number = this.types.numberOf(type)
    return this.#byType[number] ?? this.#meet(type, number)
  }

  /** `now` in epoch ms. */
  figures(now: number): readonly TypeFigures[] {
    return this.met.map((counts) => counts.figures(now))
  }

  #meet(type: string, number: number): TypeCounts {
    const counts = new TypeCounts(type)
    this.#byType[number] = counts
    return counts
  }
}
