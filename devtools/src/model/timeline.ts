import { Names } from './names.ts'
import { TimelineTier } from './timeline-tier.ts'

/** What happened in one stretch of time. */
export interface TimelineBar {
  /** Epoch ms at which it begins; a whole multiple of `width`. */
  readonly at: number
  /** ms. */
  readonly width: number
  /** Events per domain, in the order of `timeline.domains`. */
  readonly counts: Uint32Array
  /** Calls of handlers that failed then. */
  readonly errors: number
}

const DOMAINS = 12
const ERRORS = DOMAINS + 1
const FIELDS = DOMAINS + 2

/** The last time that a Date can hold, epoch ms: a recording may claim any number. */
const LATEST = 8.64e15

/** Widths of bars, in ms. Each is a multiple of the finest tier that reaches as far. */
const WIDTHS: readonly number[] = [1, 2, 5, 10, 20, 60, 120, 300, 600, 1_200, 3_600].map((s) => s * 1_000)

/**
 * How much happened when, per domain (the first segment of a topic): counted as it happens, so that a full ring does not
 * change it. Exact to the second for 10 minutes, to 10 s for 100 minutes, to a minute for 10 hours.
 * About 100 KiB.
 */
export class Timeline {
  readonly #domains = new Names(DOMAINS)
  readonly #tiers = [1_000, 10_000, 60_000].map((width) => new TimelineTier(width, FIELDS))
  #outside = 0
  /** The second that was counted in last, epoch ms, and what is not yet in the tiers: most events come in the same one. */
  #second = Number.NaN
  readonly #latest = new Uint32Array(FIELDS)

  /** Names of the domains, in the order in which they came; the first is `other`: those after the twelfth. */
  get domains(): readonly string[] {
    return Array.from({ length: this.#domains.size }, (_, number) => this.#domains.nameOf(number))
  }

  /** Events and errors that have no place in it: from before its 10 hours, or at what is no time. */
  get outside(): number {
    this.#settle()
    return this.#outside
  }

  /** The number of a topic's domain, to count with. */
  domainOf(topic: string): number {
    return this.#domains.numberOf(/^[^.:]*/.exec(topic)![0])
  }

  /** An event at `at` (epoch ms). */
  count(at: number, domain: number): void {
    this.#add(at, domain)
  }

  /** A handler failed at `at` (epoch ms). */
  countError(at: number): void {
    this.#add(at, ERRORS)
  }

  /**
   * Bars that cover `from` to before `to` (epoch ms), at most `most` of them and one; those in which nothing happened are
   * left out. They begin at multiples of their width, so that they stand still while the time moves on.
   */
  bars(from: number, to: number, most: number): readonly TimelineBar[] {
    this.#settle()
    const tier = this.#tiers.find(({ reach }) => reach <= from) ?? this.#tiers.at(-1)!
    const width = widthFor((to - from) / Math.max(1, most), tier.width)
    const bars = new Map<number, Uint32Array>()
    const [first, end] = tier.between(Math.floor(from / width) * width, Math.ceil(to / width) * width)
    for (let stretch = first; stretch < end; stretch++) {
      const at = Math.floor((stretch * tier.width) / width) * width
      const sums = bars.get(at) ?? new Uint32Array(FIELDS)
      if (tier.addTo(sums, stretch)) bars.set(at, sums)
    }
    return [...bars].map(([at, sums]) => ({
      at,
      width,
      counts: sums.subarray(0, this.#domains.size),
      errors: sums[ERRORS]!,
    }))
  }

  /** Forgets what happened; domains keep their numbers. */
  clear(): void {
    for (const tier of this.#tiers) tier.clear()
    this.#latest.fill(0)
    this.#outside = 0
  }

  #add(at: number, field: number): void {
    if (!(at >= this.#second && at < this.#second + 1_000)) {
      this.#settle()
      this.#second = Math.floor(at / 1_000) * 1_000
    }
    this.#latest[field]!++
  }

  #settle(): void {
    const sum = this.#latest.reduce((total, count) => total + count, 0)
    if (sum === 0) return
    const isTime = Math.abs(this.#second) <= LATEST
    const tiers = isTime ? this.#tiers.filter((tier) => tier.add(this.#second, this.#latest)) : []
    if (tiers.length === 0) this.#outside += sum
    this.#latest.fill(0)
  }
}

/** The narrowest width that is wide enough; beyond all of them, whole hours. */
function widthFor(ms: number, tier: number): number {
  const fitting = WIDTHS.find((width) => width >= ms && width % tier === 0)
  return fitting ?? Math.ceil(ms / 3_600_000) * 3_600_000
}
