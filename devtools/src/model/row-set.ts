const BLOCK = 1_024 // rows

/**
 * A set of rows, none further than a ring's capacity from another, as bits with a count per 1,024 rows: a row is put in or
 * taken out at once wherever it stands, and a position is found by passing over the counts.
 */
export class RowSet {
  readonly #words: Uint32Array
  readonly #counts: Uint16Array
  readonly #mask: number
  #from = 0
  #to = 0
  #size = 0

  /** `capacity` is a power of two. */
  constructor(capacity: number) {
    const places = 2 * Math.max(capacity, BLOCK) // so that the oldest rows never share a count with the newest
    this.#words = new Uint32Array(places / 32)
    this.#counts = new Uint16Array(places / BLOCK)
    this.#mask = places - 1
  }

  get size(): number {
    return this.#size
  }

  has(row: number): boolean {
    return row >= this.#from && row < this.#to && this.#isSet(row)
  }

  set(row: number, on: boolean): void {
    if (row < this.#from) return
    if (row >= this.#to) this.#to = row + 1
    if (this.#isSet(row) === on) return
    const place = row & this.#mask
    this.#words[place >> 5]! ^= 1 << (place & 31)
    this.#counts[Math.floor(place / BLOCK)]! += on ? 1 : -1
    this.#size += on ? 1 : -1
  }

  /** Takes out all rows before this one, for good. */
  forgetBefore(row: number): void {
    for (let old = this.#from; old < Math.min(row, this.#to); old++) this.set(old, false)
    this.#from = Math.max(this.#from, row)
  }

  /** The row at a position, 0 the newest; `undefined` beyond the last. */
  at(position: number): number | undefined {
    if (!(position >= 0 && position < this.#size)) return undefined
    let left = position
    let last = this.#to - 1
    for (let count = this.#countAt(last); left >= count; count = this.#countAt(last)) {
      left -= count
      last -= (last & (BLOCK - 1)) + 1
    }
    return this.#pick(last, left)
  }

  /** How many rows are newer than this one. */
  newerThan(row: number): number {
    let [sum, last] = [0, this.#to - 1]
    while (last - (last & (BLOCK - 1)) > row) {
      sum += this.#countAt(last)
      last -= (last & (BLOCK - 1)) + 1
    }
    for (; last - (last & 31) > row; last -= (last & 31) + 1) sum += ones(this.#wordAt(last))
    return last > row ? sum + ones(this.#wordAt(last) & (-2 << (row & 31))) : sum
  }

  /** The nearest row before this one; `undefined` without one. */
  before(row: number): number | undefined {
    let last = Math.min(row, this.#to) - 1
    for (; last >= this.#from; last -= (last & 31) + 1) {
      const word = this.#wordAt(last) & (-1 >>> (31 - (last & 31)))
      if (word !== 0) return last - (last & 31) + 31 - Math.clz32(word)
    }
    return undefined
  }

  #isSet(row: number): boolean {
    const place = row & this.#mask
    return ((this.#words[place >> 5]! >>> (place & 31)) & 1) === 1
  }

  #wordAt(row: number): number {
    return this.#words[(row & this.#mask) >> 5]!
  }

  #countAt(row: number): number {
    return this.#counts[Math.floor((row & this.#mask) / BLOCK)]!
  }

  /** Of the rows of one block that end with `last`, the one with so many newer ones among them. */
  #pick(last: number, newer: number): number {
    let [left, end] = [newer, last]
    for (let count = ones(this.#wordAt(end)); left >= count; count = ones(this.#wordAt(end))) {
      left -= count
      end -= (end & 31) + 1
    }
    let word = this.#wordAt(end)
    for (; left > 0; left--) word &= ~(1 << (31 - Math.clz32(word)))
    return end - (end & 31) + 31 - Math.clz32(word)
  }
}

/** How many bits are set, summed pairwise. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555)
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24
}
