import { Budget } from './budget.ts'
import { RowSet } from './row-set.ts'
import type { RowTest } from './row-test.ts'
import type { Rows } from './rows.ts'
import { WaitingRows } from './waiting-rows.ts'

/**
 * The rows that pass a test, brought up to date with `update`: each new row is tested once, and again when it changed.
 * Positions count from the newest.
 */
export class MatchingRows {
  readonly #rows: Rows
  readonly #test: RowTest
  readonly #passed: RowSet
  readonly #waiting = new WaitingRows()
  #upTo: number
  #changes: number

  constructor(rows: Rows, test: RowTest) {
    this.#rows = rows
    this.#test = test
    this.#passed = new RowSet(rows.capacity)
    this.#upTo = rows.oldest
    this.#changes = rows.touched.count
  }

  get length(): number {
    return this.#passed.size
  }

  /** The row at a position, 0 the newest; `undefined` beyond the last. */
  at(position: number): number | undefined {
    return this.#passed.at(position)
  }

  /** The position of a row; -1 when it is not among them. */
  positionOf(row: number): number {
    return this.#passed.has(row) ? this.#passed.newerThan(row) : -1
  }

  /** How many of them are newer than a row, which need not be among them. */
  newerThan(row: number): number {
    return this.#passed.newerThan(row)
  }

  /** Newest first, from a position on. */
  slice(from: number, count: number): number[] {
    const list: number[] = []
    for (let row = this.at(from); row !== undefined && list.length < count; row = this.#passed.before(row))
      list.push(row)
    return list
  }

  /** Whether every row before the last `limit` was tested as it is now. */
  get complete(): boolean {
    return this.#undone === 0
  }

  /** Which share of the rows has been tested, 0 to 1. */
  get progress(): number {
    return 1 - this.#undone / Math.max(1, this.#undone, this.#upTo - this.#rows.oldest)
  }

  /**
   * Brings it up to date with the rows before `limit`, the newest first, for about `ms` at most: false when there is more to
   * do, and the next call goes on. Rows that passed before stay until they are tested again. `clock` in ms.
   */
  update(
    limit: number = this.#rows.next,
    ms: number = Number.POSITIVE_INFINITY,
    clock: () => number = Date.now,
  ): boolean {
    this.forget()
    const budget = new Budget(ms, clock)
    this.#waiting.add(Math.max(this.#upTo, this.#rows.oldest), limit)
    this.#upTo = Math.max(this.#upTo, limit)
    if (this.#testChanged(budget)) this.#testWaiting(budget)
    return this.complete
  }

  /** Rows from `from` to before `to` are to be tested again with the next update. */
  again(from: number, to: number): void {
    this.#waiting.add(Math.max(from, this.#rows.oldest), Math.min(to, this.#upTo))
  }

  /** Takes out what has left the ring. */
  forget(): void {
    this.#passed.forgetBefore(this.#rows.oldest)
  }

  get #undone(): number {
    return this.#waiting.count(this.#rows.oldest) + this.#rows.touched.count - this.#changes
  }

  #testChanged(budget: Budget): boolean {
    const { touched } = this.#rows
    if (!touched.knows(this.#changes)) {
      this.#changes = touched.count
      this.again(0, this.#upTo)
    }
    while (this.#changes < touched.count) {
      const row = touched.at(this.#changes++)
      if (row < this.#upTo && this.#rows.has(row)) this.#passed.set(row, this.#test(row))
      if (budget.isSpent()) return false
    }
    return true
  }

  #testWaiting(budget: Budget): void {
    const { oldest } = this.#rows
    for (let row = this.#waiting.take(oldest); row >= 0; row = this.#waiting.take(oldest)) {
      this.#passed.set(row, this.#test(row))
      if (budget.isSpent()) return
    }
  }
}
