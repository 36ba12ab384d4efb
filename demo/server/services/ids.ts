/** The newest ids, at least so many and at most twice as many. */
export class Ids {
  readonly #kept: number
  #newer = new Set<string>()
  #older: ReadonlySet<string> = new Set()

  constructor(kept: number) {
    this.#kept = kept
  }

  /** False: it is there already. */
  add(id: string): boolean {
    if (this.#newer.has(id) || this.#older.has(id)) return false
    if (this.#newer.size >= this.#kept) {
      this.#older = this.#newer
      this.#newer = new Set()
    }
    this.#newer.add(id)
    return true
  }
}
