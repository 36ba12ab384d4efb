import { isObject, membersOf, readMember, shortText } from './members.ts'

/** What a walk through a payload calls, in order. Who answers true ends the walk. */
export interface PayloadVisitor {
  key(key: string): boolean
  /** A value without members, or one nested too deep. */
  value(value: unknown): boolean
}

/** How far a walk goes: what a text search reads of one payload. */
const BOUNDS = { characters: 4_000, values: 400, members: 100, depth: 8 } as const

/** A number, a boolean and the like. */
const SHORT = 8 // characters

/**
 * Shows keys and values of a payload to a visitor, in order, and nothing is joined or copied on the way. Ends after 4,000
 * characters or 400 values. Never throws; true when the visitor ended it.
 */
export function walkPayload(payload: unknown, visitor: PayloadVisitor): boolean {
  return new Walk(visitor).visit(payload, 0)
}

/** A value without members as text, cut as a walk is. Never throws. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && value.length <= BOUNDS.characters
    ? value
    : shortText(value, BOUNDS.characters)
}

class Walk {
  readonly #visitor: PayloadVisitor
  #values = 0
  #characters = 0

  constructor(visitor: PayloadVisitor) {
    this.#visitor = visitor
  }

  visit(value: unknown, depth: number): boolean {
    if (this.#values++ > BOUNDS.values || this.#characters > BOUNDS.characters) return false
    if (isObject(value) && depth < BOUNDS.depth) return this.#inside(value, depth + 1)
    this.#characters += typeof value === 'string' ? Math.min(value.length, BOUNDS.characters) : SHORT
    return this.#visitor.value(value)
  }

  #inside(object: object, depth: number): boolean {
    const list = plainList(object)
    if (list !== undefined) return this.#list(list, depth)
    const keys = plainKeys(object)
    if (keys === undefined) return this.#members(object, depth)
    const end = Math.min(keys.length, BOUNDS.members)
    for (let index = 0; index < end && this.#values <= BOUNDS.values; index++) {
      const key = keys[index]!
      if (this.#member(key, readMember(object, key), depth)) return true
    }
    return false
  }

  #list(list: readonly unknown[], depth: number): boolean {
    const end = Math.min(list.length, BOUNDS.members)
    for (let index = 0; index < end && this.#values <= BOUNDS.values; index++)
      if (this.#member(String(index), readMember(list, String(index)), depth)) return true
    return false
  }

  #members(object: object, depth: number): boolean {
    for (const [key, member] of membersOf(object, BOUNDS.members)) {
      if (this.#values > BOUNDS.values) return false
      if (this.#member(key, member, depth)) return true
    }
    return false
  }

  #member(key: string, member: unknown, depth: number): boolean {
    this.#characters += key.length
    return this.#visitor.key(key) || this.visit(member, depth)
  }
}

function plainList(object: object): readonly unknown[] | undefined {
  try {
    return Array.isArray(object) ? object : undefined
  } catch {
    return undefined
  }
}

/** The keys of a plain object, which most are; `undefined` for any other. */
function plainKeys(object: object): readonly string[] | undefined {
  try {
    return Object.getPrototypeOf(object) === Object.prototype ? Object.keys(object) : undefined
  } catch {
    return undefined
  }
}
