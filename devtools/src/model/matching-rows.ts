import type { Rows } from './rows.ts'
import type { RowTest } from './row-test.ts'

/**
 * The rows that pass a test, brought up to date with `update`: each new row is tested once, and again when it changed.
 * Positions count from the newest.
 */
export class MatchingRows {
  readonly #rows: Rows
  readonly #test: RowTest
  #list: number[] = []
  /** Where the list begins; what lies before has left the ring. */
  #head = 0
  #upTo: number
  #changes: number

  constructor(rows: Rows, test: RowTest) {
    this.#rows = rows
    this.#test = test
    this.#upTo = rows.oldest
    this.#changes = rows.touched.count
  }

  get length(): number {
    return this.#list.length - this.#head
  }

  /** The row at a position, 0 the newest; `undefined` beyond the last. */
  at(position: number): number | undefined {
    return position < this.length ? this.#list[this.#list.length - 1 - position] : undefined
  }

  /** The position of a row; -1 when it is not among them. */
  positionOf(row: number): number {
    const place = this.#placeOf(row)
    return this.#list[place] === row ? this.#list.length - 1 - place : -1
  }

  /** Newest first, from a position on. */
  slice(from: number, count: number): number[] {
    const end = Math.max(this.#head, this.#list.length - from)
    return this.#list.slice(Math.max(this.#head, end - count), end).toReversed()
  }

  /** Brings it up to date with the rows before `limit`. Costs as much as there is new, everything after very many changes. */
  update(limit: number = this.#rows.next): void {
    const { touched } = this.#rows
    if (!touched.read(this.#changes, (row) => this.#again(row))) this.#restart()
    this.#changes = touched.count
    for (let row = Math.max(this.#upTo, this.#rows.oldest); row < limit; row++)
      if (this.#test(row)) this.#list.push(row)
    this.#upTo = Math.max(this.#upTo, limit)
    this.#forget()
  }

  #restart(): void {
    const limit = this.#upTo
    this.#list = []
    this.#head = 0
    for (let row = this.#rows.oldest; row < limit; row++) if (this.#test(row)) this.#list.push(row)
  }

  #again(row: number): void {
    if (row >= this.#upTo || !this.#rows.has(row)) return
    const place = this.#placeOf(row)
    const listed = this.#list[place] === row
    if (this.#test(row) === listed) return
    if (listed) this.#list.splice(place, 1)
    else this.#list.splice(place, 0, row)
  }

  #forget(): void {
    const { oldest } = this.#rows
    while (this.#head < this.#list.length && this.#list[this.#head]! < oldest) this.#head++
    if (this.#head < 1_024 || this.#head * 2 < this.#list.length) return
    this.#list = this.#list.slice(this.#head)
    this.#head = 0
  }

  /** Where a row stands or would stand: the list rises. */
  #placeOf(row: number): number {
    let [low, high] = [this.#head, this.#list.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#list[middle]! < row) low = middle + 1
      else high = middle
    }
    return low
  }
}
