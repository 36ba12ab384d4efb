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

  /** Whether all changes from `from` on are still known. If not, look at everything again. */
  knows(from: number): boolean {
    return this.#count - from <= KEPT
  }

  /** The row of a change that is still known; 0 is the first there ever was. */
  at(change: number): number {
    this.#readUpTo = Math.max(this.#readUpTo, change + 1)
    return this.#rows[change & (KEPT - 1)]!
  }

  /** Calls `each` with every change from `from` on. False when some are no longer known: look at everything again. */
  read(from: number, each: (row: number) => void): boolean {
    this.#readUpTo = this.#count
    if (!this.knows(from)) return false
    for (let change = from; change < this.#count; change++) each(this.at(change))
    return true
  }
}
