/** Names by number, so that a column can hold two bytes instead of a text. Bounded: what has no place is number 0. */
export class Names {
  /** The number of whatever came after the bound was reached. */
  static readonly OTHER = 0
  readonly #numbers = new Map<string, number>()
  readonly #names: string[]
  readonly #capacity: number
  #last = ''
  #lastNumber = -1

  /** `capacity` at most 65,535, which is the default; `other` is what number 0 is called. */
  constructor(capacity = 65_535, other = 'other') {
    this.#capacity = Math.min(capacity, 65_535)
    this.#names = [other]
  }

  /** How many numbers are given out, the one for others included. */
  get size(): number {
    return this.#names.length
  }

  /** Gives the name a number if it has none. The same name twice in a row costs a comparison. */
  numberOf(name: string): number {
    if (name === this.#last && this.#lastNumber >= 0) return this.#lastNumber
    const number = this.#numbers.get(name) ?? this.#meet(name)
    this.#last = name
    this.#lastNumber = number
    return number
  }

  nameOf(number: number): string {
    return this.#names[number] ?? this.#names[0]!
  }

  #meet(name: string): number {
    if (this.#names.length > this.#capacity) return Names.OTHER
    const number = this.#names.push(name) - 1
    this.#numbers.set(name, number)
    return number
  }
}
