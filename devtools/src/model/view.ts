import { parseFilter, type ParsedFilter } from './filter-parser.ts'
import { everything } from './filter-syntax.ts'
import { MatchingRows } from './matching-rows.ts'
import type { Rows } from './rows.ts'
import { compileFilter } from './row-test.ts'

/** A stretch of time, both ends included, in epoch ms. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}

/** What all views of a panel share: filter, time range, selected event, pause. Tells its listeners of each change. */
export class View {
  readonly #rows: Rows
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  #text = ''
  #parsed: ParsedFilter = { filter: everything, faults: [] }
  #range: TimeRange | undefined = undefined
  #selected: number | undefined = undefined
  #pausedAt: number | undefined = undefined
  #matching: MatchingRows

  /** `now` gives epoch ms. */
  constructor(rows: Rows, now: () => number) {
    this.#rows = rows
    this.#now = now
    this.#matching = new MatchingRows(rows, () => true)
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

  get paused(): boolean {
    return this.#pausedAt !== undefined
  }

  /** Rows that came since the pause, whether they pass the filter or not; recording goes on. */
  get arrivedMeanwhile(): number {
    return this.#pausedAt === undefined ? 0 : this.#rows.next - this.#pausedAt
  }

  /** The rows that pass, brought up to date: what came since is tested, a change of filter or range tests all. */
  matching(): MatchingRows {
    this.#matching.update(this.#pausedAt ?? this.#rows.next)
    return this.#matching
  }

  /** `since:` counts from now. */
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

  #renew(): void {
    const { filter } = this.#parsed
    const test = compileFilter(filter, this.#rows, this.#now())
    const range = this.#range
    const { time } = this.#rows
    const within = (row: number): boolean => {
      const at = time[this.#rows.slot(row)]!
      return range === undefined || (at >= range.from && at <= range.to)
    }
    this.#matching = new MatchingRows(this.#rows, (row) => within(row) && test(row))
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
