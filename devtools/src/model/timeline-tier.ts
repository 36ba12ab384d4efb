const KEPT = 600

/** Counts per stretch of time, of the newest 600 stretches: what is older has no place here. */
export class TimelineTier {
  /** ms of a stretch. */
  readonly width: number
  readonly #fields: number
  readonly #counts: Uint32Array
  readonly #stretches = new Float64Array(KEPT).fill(Number.NaN)
  #newest = Number.NEGATIVE_INFINITY
  #oldest = Number.POSITIVE_INFINITY

  constructor(width: number, fields: number) {
    this.width = width
    this.#fields = fields
    this.#counts = new Uint32Array(KEPT * fields)
  }

  /** Epoch ms from which on it knows everything. */
  get reach(): number {
    const first = this.#newest - KEPT + 1
    return this.#oldest < first ? first * this.width : Number.NEGATIVE_INFINITY
  }

  /** Adds to the stretch of a time (epoch ms); false when that is too long ago. */
  add(at: number, counts: Uint32Array): boolean {
    const stretch = Math.floor(at / this.width)
    this.#oldest = Math.min(this.#oldest, stretch)
    if (stretch <= this.#newest - KEPT) return false
    this.#newest = Math.max(this.#newest, stretch)
    const place = placeOf(stretch)
    const own = this.#counts.subarray(place * this.#fields, (place + 1) * this.#fields)
    if (this.#stretches[place] !== stretch) own.fill(0)
    this.#stretches[place] = stretch
    for (let field = 0; field < this.#fields; field++) own[field]! += counts[field]!
    return true
  }

  /** Adds the counts of a stretch to others; false when it has none. */
  addTo(sums: Uint32Array, stretch: number): boolean {
    const place = placeOf(stretch)
    if (this.#stretches[place] !== stretch) return false
    for (let field = 0; field < this.#fields; field++)
      sums[field]! += this.#counts[place * this.#fields + field]!
    return true
  }

  /** Stretches that may hold something, from the first to before the second, of those that touch a time. */
  between(from: number, to: number): readonly [first: number, end: number] {
    const first = Math.max(Math.floor(from / this.width), this.#newest - KEPT + 1)
    return [first, Math.min(Math.ceil(to / this.width), this.#newest + 1)]
  }

  clear(): void {
    this.#stretches.fill(Number.NaN)
    this.#newest = Number.NEGATIVE_INFINITY
    this.#oldest = Number.POSITIVE_INFINITY
  }
}

function placeOf(stretch: number): number {
  return ((stretch % KEPT) + KEPT) % KEPT
}
