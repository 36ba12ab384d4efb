/** What a copy may be at most. */
export interface JsonLimits {
  /** Containers inside containers. */
  readonly depth: number
  /** Of the JSON text in UTF-8. */
  readonly bytes: number
}

/** The most that a character can take in JSON and UTF-8: `\u0001`. */
const CHARACTER = 6
const NUMBER = 25
const COMMA = 2

/** What `copyPlain` says of a value that it leaves to a closer look. */
export const doubtful: unique symbol = Symbol('doubtful')

/**
 * The copy of a value that is beyond doubt: plain objects and arrays of strings, numbers, booleans and null, far within the
 * limits. Nearly all data is; it is copied several times quicker without a path, an exact size and a reason at hand.
 */
export function copyPlain(value: unknown, limits: JsonLimits): unknown {
  try {
    return new PlainCopy(limits).copy(value, 0)
  } catch {
    return doubtful // also of a getter that threw: the closer look says which
  }
}

class PlainCopy {
  readonly #depth: number
  /** Bytes that are certainly left. */
  #left: number

  constructor({ depth, bytes }: JsonLimits) {
    this.#depth = depth
    this.#left = bytes
  }

  copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.#spend(value, value.length * CHARACTER)
    if (typeof value === 'number' && Number.isFinite(value)) return this.#spend(value, NUMBER)
    if (typeof value === 'boolean' || value === null) return this.#spend(value, NUMBER)
    if (typeof value !== 'object' || depth >= this.#depth) throw doubtful
    this.#spend(value, COMMA)
    return Array.isArray(value) ? this.#list(value, depth + 1) : this.#object(value, depth + 1)
  }

  #list(list: readonly unknown[], depth: number): unknown[] {
    const copy: unknown[] = []
    for (const member of list) copy.push(this.copy(member, depth))
    return copy
  }

  #object(object: object, depth: number): object {
    if (!isPlain(object)) throw doubtful
    const copy: Members = {}
    for (const key of Object.keys(object)) {
      const member = object[key]
      if (key === '__proto__') throw doubtful
      if (member === undefined) continue
      this.#spend(key, key.length * CHARACTER)
      copy[key] = this.copy(member, depth)
    }
    return copy
  }

  #spend<V>(value: V, bytes: number): V {
    this.#left -= bytes + COMMA
    if (this.#left < 0) throw doubtful
    return value
  }
}

interface Members {
  [name: string]: unknown
}

function isPlain(object: object): object is Members {
  return Object.getPrototypeOf(object) === Object.prototype && !('toJSON' in object)
}
