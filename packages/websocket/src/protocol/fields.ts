import { covers } from '@heliobus/core'
import { malformed } from './close-code.ts'

export const LONGEST_TEXT = 1_024
/** Of a session, an epoch, an offset. */
export const LONGEST_NAME = 64
export const LONGEST_TOKEN = 4_096

export const MOST_PATTERNS = 256

/** The members of a frame, each read by its name and checked. What is wrong throws a `Violation`. */
export class Fields {
  readonly #members: object
  readonly #frame: string

  /** `frame` is what messages call it. */
  constructor(members: object, frame: string) {
    this.#members = members
    this.#frame = frame
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined
  }

  is(name: string, value: number): boolean {
    return this.#get(name) === value
  }

  /** True only when it is true. */
  flag(name: string): boolean {
    return this.#get(name) === true
  }

  text(name: string, longest: number = LONGEST_TEXT): string {
    const value = this.#get(name)
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value
    throw this.#wrong(name, `a text of 1 to ${longest} characters`)
  }

  /** `undefined` for none. */
  maybeText(name: string, longest: number = LONGEST_TEXT): string | undefined {
    return this.has(name) ? this.text(name, longest) : undefined
  }

  /** '' for none. */
  anyText(name: string): string {
    return this.maybeText(name) ?? ''
  }

  /** One of the words that `words` has as members. */
  oneOf<Word extends string>(name: string, words: Readonly<Record<Word, unknown>>): Word {
    const value = this.#get(name)
    if (isMemberOf(value, words)) return value
    throw this.#wrong(name, `one of ${Object.keys(words).join(', ')}`)
  }

  /** A number such as a time: finite, and not below 0. */
  amount(name: string): number {
    const value = this.#get(name)
    if (typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER) return value
    throw this.#wrong(name, 'a number from 0')
  }

  maybeAmount(name: string): number | undefined {
    return this.has(name) ? this.amount(name) : undefined
  }

  count(name: string, least: number = 0): number {
    const value = this.#get(name)
    if (isCount(value) && value >= least) return value
    throw this.#wrong(name, `a whole number from ${least}`)
  }

  /** Whatever it is, null included. */
  value(name: string): unknown {
    return Object.hasOwn(this.#members, name) ? (Reflect.get(this.#members, name) as unknown) : undefined
  }

  /** A list of at least one, unless `least` is 0. */
  list(name: string, least: 0 | 1 = 1): readonly unknown[] {
    const value = this.#get(name)
    if (Array.isArray(value) && value.length >= least) return value
    throw this.#wrong(name, least === 0 ? 'a list' : 'a list that is not empty')
  }

  patterns(name: string): readonly string[] {
    const value = this.#get(name)
    if (Array.isArray(value) && value.length <= MOST_PATTERNS && value.every(isPattern)) return value
    throw this.#wrong(name, `a list of up to ${MOST_PATTERNS} patterns`)
  }

  /** A list of 1 to `most` texts. */
  texts(name: string, most: number): readonly string[] {
    const value = this.#get(name)
    if (Array.isArray(value) && value.length > 0 && value.length <= most && value.every(isText)) return value
    throw this.#wrong(name, `a list of 1 to ${most} texts`)
  }

  pairs(name: string): readonly (readonly [number, string])[] {
    const value = this.#get(name)
    if (Array.isArray(value) && value.every(isPair)) return value
    throw this.#wrong(name, 'a list of pairs of number and text')
  }

  /** The fields of a member that is an object. */
  inside(name: string): Fields {
    const value = this.#get(name)
    if (isObject(value)) return new Fields(value, `${this.#frame}.${name}`)
    throw this.#wrong(name, 'an object')
  }

  /** Null is absent, and so is what an object has from its prototype. */
  #get(name: string): unknown {
    return this.value(name) ?? undefined
  }

  #wrong(name: string, wanted: string): Error {
    return malformed(`${this.#frame}: ${name} must be ${wanted}`)
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isMemberOf<Word extends string>(
  value: unknown,
  words: Readonly<Record<Word, unknown>>,
): value is Word {
  return typeof value === 'string' && Object.hasOwn(words, value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value)
}

function isPair(value: unknown): value is readonly [number, string] {
  return Array.isArray(value) && value.length === 2 && isCount(value[0]) && typeof value[1] === 'string'
}

function isPattern(value: unknown): value is string {
  if (typeof value !== 'string') return false
  try {
    covers(value, value)
    return true
  } catch {
    return false
  }
}
