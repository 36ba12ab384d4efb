/**
 * Which row holds the event of an id. Two typed arrays instead of a Map: nothing is allocated per event and nothing has
 * to be removed, because rows of one bucket are chained newest first and the chain ends where the ring has moved on.
 */
export class RowIndex {
  readonly #newest: Float64Array
  readonly #next: Float64Array
  readonly #mask: number

  /** `capacity` is a power of two. */
  constructor(capacity: number) {
    this.#newest = new Float64Array(capacity).fill(-1)
    this.#next = new Float64Array(capacity)
    this.#mask = capacity - 1
  }

  add(id: string, row: number): void {
    const bucket = hash(id) & this.#mask
    this.#next[row & this.#mask] = this.#newest[bucket]!
    this.#newest[bucket] = row
  }

  /** The newest row from `oldest` on of which `fits` is true; -1 without one. */
  find(id: string, oldest: number, fits: (row: number) => boolean): number {
    let row = this.#newest[hash(id) & this.#mask]!
    while (row >= oldest && !fits(row)) row = this.#next[row & this.#mask]!
    return row >= oldest ? row : -1
  }

  /** All of them, newest first, at most `limit`. */
  findAll(id: string, oldest: number, fits: (row: number) => boolean, limit: number): number[] {
    const found: number[] = []
    let row = this.#newest[hash(id) & this.#mask]!
    for (; row >= oldest && found.length < limit; row = this.#next[row & this.#mask]!)
      if (fits(row)) found.push(row)
    return found
  }
}

/** The end of an id is where ids differ: the random part of a UUIDv7, the number of a counter. */
function hash(id: string): number {
  let sum = id.length
  for (let at = Math.max(0, id.length - 12); at < id.length; at++)
    sum = (Math.imul(sum, 31) + id.charCodeAt(at)) | 0
  return sum ^ (sum >>> 15)
}
