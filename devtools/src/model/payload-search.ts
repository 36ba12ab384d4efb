import { isObject, membersOf, shortText } from './members.ts'

/** Where a text was found, and whether everything was looked at. */
export interface PayloadHits {
  readonly paths: readonly (readonly string[])[]
  /** False when the search ended at a bound: 100 hits, 20,000 values, 32 levels, 100,000 characters of a text. */
  readonly complete: boolean
}

const BOUNDS = { hits: 100, values: 20_000, depth: 32, characters: 100_000 } as const

/** Finds a text in keys and values of a payload; upper and lower case are the same. Never throws. */
export function searchPayload(payload: unknown, text: string): PayloadHits {
  const search = new Search(text)
  search.visit(payload, '', [])
  return search
}

class Search implements PayloadHits {
  readonly paths: (readonly string[])[] = []
  complete = true
  readonly #wanted: string
  readonly #seen = new Set<object>()
  #values = 0

  constructor(text: string) {
    this.#wanted = text.toLowerCase()
  }

  visit(value: unknown, key: string, path: readonly string[]): void {
    if (!this.#hasRoom(path)) return void (this.complete = false)
    if (this.#isIn(key) || (!isObject(value) && this.#isIn(this.#textOf(value)))) this.paths.push(path)
    if (!isObject(value) || this.#seen.has(value)) return
    this.#seen.add(value)
    for (const [name, member] of membersOf(value, BOUNDS.values - this.#values + 1))
      this.visit(member, name, [...path, name])
  }

  #hasRoom(path: readonly string[]): boolean {
    return this.paths.length < BOUNDS.hits && this.#values++ < BOUNDS.values && path.length <= BOUNDS.depth
  }

  #isIn(text: string): boolean {
    return text.toLowerCase().includes(this.#wanted)
  }

  /** What is cut off was not searched. */
  #textOf(value: unknown): string {
    const text = shortText(value, BOUNDS.characters)
    if (text.length > BOUNDS.characters) this.complete = false
    return text
  }
}
