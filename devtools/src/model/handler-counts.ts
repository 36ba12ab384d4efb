import { Durations, type Percentiles, percentilesOf } from './durations.ts'
import { shortText } from './members.ts'

/** Counters of a handler. Percentiles are within 3.2 %, the rest is exact. */
export interface HandlerFigures {
  readonly name: string
  /** Times that it ended, well or not. */
  readonly calls: number
  readonly failures: number
  /** Of its durations. */
  readonly ms: Percentiles
  /** ms; 0 while no call was timed. */
  readonly slowest: number
  /** What it threw last, as text of at most 200 characters; '' for nothing yet. */
  readonly lastError: string
  /** When, epoch ms; 0 for never. */
  readonly lastErrorAt: number
}

/** The counters themselves. */
export class HandlerCounts {
  readonly name: string
  calls = 0
  failures = 0
  slowest = 0
  /** As text: the error itself would keep alive what it holds. */
  lastError = ''
  lastErrorAt = 0
  durations: Durations | undefined = undefined

  constructor(name: string) {
    this.name = name
  }

  took(ms: number | undefined): void {
    this.calls++
    if (ms === undefined) return
    if (ms > this.slowest) this.slowest = ms
    ;(this.durations ??= new Durations()).record(ms)
  }

  /** `at` in epoch ms. */
  failed(error: unknown, at: number): void {
    this.failures++
    this.lastError = shortText(error)
    this.lastErrorAt = at
  }

  figures(): HandlerFigures {
    const { name, calls, failures, slowest, lastError, lastErrorAt } = this
    return { name, calls, failures, ms: percentilesOf(this.durations), slowest, lastError, lastErrorAt }
  }
}

const MOST = 1_000

/** Counters by the name of the handler; those after the first 1,000 are counted together under `other`. */
export class HandlerStatistics {
  readonly #byName = new Map<string, HandlerCounts>()
  readonly #other = new HandlerCounts('other')

  /** Handlers in the order in which they were met; `other` only when it counts something. */
  get met(): readonly HandlerCounts[] {
    const own = [...this.#byName.values()]
    return this.#other.calls > 0 ? [...own, this.#other] : own
  }

  /** Its counters; made if it is new. */
  of(name: string): HandlerCounts {
    return this.#byName.get(name) ?? this.#meet(name)
  }

  figures(): readonly HandlerFigures[] {
    return this.met.map((counts) => counts.figures())
  }

  #meet(name: string): HandlerCounts {
    if (this.#byName.size >= MOST) return this.#other
    const counts = new HandlerCounts(name)
    this.#byName.set(name, counts)
    return counts
  }
}
