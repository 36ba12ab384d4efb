import { parseFilter, type ParsedFilter } from './filter-parser.ts'
import { everything } from './filter-syntax.ts'
import { MatchingRows } from './matching-rows.ts'
import { compileFilter, type RowTest } from './row-test.ts'
import type { Rows } from './rows.ts'
import { Sliding } from './sliding.ts'

/** A stretch of time, both ends included, in epoch ms. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** A call of `matching` works for about so long, in ms, and then rests as long. */
const SLICE = 8

/** What all views of a panel share: filter, time range, selected event, pause. Tells its listeners of each change. */
export class View {
  readonly #rows: Rows
  readonly #now: () => number
  readonly #clock: () => number
  readonly #listeners = new Set<() => void>()
  #text = ''
  #parsed: ParsedFilter = { filter: everything, faults: [] }
  #range: TimeRange | undefined = undefined
  #selected: number | undefined = undefined
  #pausedAt: number | undefined = undefined
  #matching: MatchingRows
  #sliding: Sliding
  /** What `since:` counts from: now, or when it was paused. */
  #time: number
  #restsSince = Number.NEGATIVE_INFINITY

  /** `now` gives epoch ms; `clock`, also in ms, measures how long a search takes. */
  constructor(rows: Rows, now: () => number, clock: () => number = Date.now) {
    this.#rows = rows
    this.#now = now
    this.#clock = clock
    this.#time = now()
    this.#matching = new MatchingRows(rows, () => true)
    this.#sliding = new Sliding(everything, rows)
  }

  get text(): string {
    return this.#text
  }

  get parsed(): ParsedFilter {
    return this.#parsed
  }

  get range(): TimeRange | undefined {
    return this.#range
  }

  /** The selected row, as long as it is still here. */
  get selected(): number | undefined {
    return this.#selected !== undefined && this.#rows.has(this.#selected) ? this.#selected : undefined
  }

  /** No time range is set: what comes is shown. */
  get live(): boolean {
    return this.#range === undefined
  }

  get paused(): boolean {
    return this.#pausedAt !== undefined
  }

  /** Rows that came since the pause, whether they pass the filter or not; recording goes on. */
  get arrivedMeanwhile(): number {
    return this.#pausedAt === undefined ? 0 : this.#rows.next - this.#pausedAt
  }

  /**
   * The rows that pass, brought up to date as far as about 8 ms go, the newest first; the rest with further calls, once as
   * long has passed again: look again while it is not `complete`. At least 256 rows are tested at once.
   */
  matching(): MatchingRows {
    if (Math.abs(this.#clock() - this.#restsSince) >= SLICE) this.#work(SLICE)
    else this.#matching.forget()
    return this.#matching
  }

  /** The same without a bound: for what must see all at once, and may take its time. */
  finish(): MatchingRows {
    this.#work(Number.POSITIVE_INFINITY)
    return this.#matching
  }

  /** Whether the last `matching` broke off: the next one goes on. */
  get working(): boolean {
    return this.#restsSince !== Number.NEGATIVE_INFINITY
  }

  /** Whether the last `matching` saw everything. */
  get complete(): boolean {
    return !this.working && this.#matching.complete
  }

  /** How much of the rows had been tested then, 0 to 1; 1 only when it is complete. */
  get progress(): number {
    return this.complete ? 1 : Math.min(0.99, this.#matching.progress)
  }

  /**
   * The row so many positions below `from` in a list with the newest on top (above it, for a negative number), or the last in
   * that direction. A row that does not pass, or is gone, counts as standing between its neighbours; without one, it begins
   * above the newest. `undefined` when nothing passes.
   */
  step(from: number | undefined, by: number): number | undefined {
    const matching = this.matching()
    if (matching.length === 0) return undefined
    const above = from === undefined ? 0 : matching.newerThan(from)
    const stands = from !== undefined && matching.positionOf(from) >= 0
    const to = above + by - (stands || by <= 0 ? 0 : 1)
    return matching.at(Math.max(0, Math.min(matching.length - 1, to)))
  }

  /** `since:` counts from now, and goes on with it: rows leave as they grow too old. */
  setFilter(text: string): void {
    this.#text = text
    this.#parsed = parseFilter(text)
    this.#renew()
  }

  setRange(range: TimeRange | undefined): void {
    this.#range = range
    this.#renew()
  }

  select(row: number | undefined): void {
    this.#selected = row
    this.#changed()
  }

  /** Freezes what is shown at the rows that are there; the oldest may still leave a full ring. */
  pause(): void {
    this.#goOn()
    this.#pausedAt ??= this.#rows.next
    this.#changed()
  }

  /** Shows what came meanwhile too. */
  resume(): void {
    this.#pausedAt = undefined
    this.#changed()
  }

  /** Calls `listener` after each change, until the returned function is called. Rows that come are no change. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #work(ms: number): void {
    this.#goOn()
    this.#sliding.advance(this.#time, (from, to) => this.#matching.again(from, to))
    const isDone = this.#matching.update(this.#pausedAt, ms, this.#clock)
    this.#restsSince = isDone ? Number.NEGATIVE_INFINITY : this.#clock()
  }

  /** Time passes for `since:` too, but neither backwards nor in a pause. */
  #goOn(): void {
    if (!this.paused) this.#time = Math.max(this.#time, this.#now())
  }

  #renew(): void {
    const { filter } = this.#parsed
    this.#goOn()
    const test = compileFilter(filter, this.#rows, () => this.#time)
    this.#matching = new MatchingRows(this.#rows, this.#within(test))
    this.#sliding = new Sliding(filter, this.#rows)
    this.#restsSince = Number.NEGATIVE_INFINITY
    this.#changed()
  }

  #within(test: RowTest): RowTest {
    const range = this.#range
    const rows = this.#rows
    if (range === undefined) return test
    return (row) => {
      const at = rows.time[rows.slot(row)]!
      return at >= range.from && at <= range.to && test(row)
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
