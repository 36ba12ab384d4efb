const KEPT = 65_536

/** The newest changes, in order, each a row's number; whoever reads remembers how far it has read. */
export class Touched {
  readonly #rows = new Float64Array(KEPT)
  #count = 0
  #last = -1
  #readUpTo = 0

  /** How many changes there have been. */
  get count(): number {
    return this.#count
  }

  /** The same row twice in a row is one change, unless somebody has read the first. */
  add(row: number): void {
    if (row === this.#last && this.#readUpTo < this.#count) return
    this.#rows[this.#count++ & (KEPT - 1)] = row
    this.#last = row
  }

  /** Calls `each` with every change from `from` on. False when some are no longer known: look at everything again. */
  read(from: number, each: (row: number) => void): boolean {
    this.#readUpTo = this.#count
    if (this.#count - from > KEPT) return false
    for (let at = from; at < this.#count; at++) each(this.#rows[at & (KEPT - 1)]!)
    return true
  }
}
