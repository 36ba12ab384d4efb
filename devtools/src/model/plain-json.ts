import { isClosed, isObject, kindOfObject, membersOf, shortText } from './members.ts'

/** A payload as JSON carries it, and whether something of it could not be carried. */
export interface PlainJson {
  readonly value: unknown
  readonly lossy: boolean
}

/** Copies at most so many values, levels, and characters of one text. */
const BOUNDS = { values: 100_000, depth: 64, characters: 5_000_000 } as const

/** A copy for a file. What JSON can't carry becomes a text in parentheses, or is left out beyond the bounds. Never throws. */
export function toPlainJson(value: unknown): PlainJson {
  const copier = new Copier()
  return { value: copier.copy(value, []), lossy: copier.lossy }
}

class Copier {
  lossy = false
  #values = 0

  copy(value: unknown, around: readonly object[]): unknown {
    if (!isObject(value)) return isExact(value) ? value : this.#lost(value)
    if (isClosed(value)) return this.#lost(value)
    if (around.includes(value)) return this.#lost('(contains itself)')
    if (around.length >= BOUNDS.depth) return this.#lost('(nested too deep)')
    return this.#container(value, [...around, value])
  }

  #lost(value: unknown): string {
    this.lossy = true
    return shortText(value, BOUNDS.characters)
  }

  #container(object: object, around: readonly object[]): unknown {
    const isList = kindOfObject(object) === 'list'
    const members: [string, unknown][] = []
    for (const [key, member] of membersOf(object, BOUNDS.values)) {
      if (this.#values++ >= BOUNDS.values) {
        this.lossy = true
        break
      }
      if (member !== undefined || isList) members.push([key, this.copy(member, around)])
    }
    if (!isList && !isPlain(object)) this.lossy = true
    return isList ? members.map(([, member]) => member) : Object.fromEntries(members)
  }
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || prototype === Object.prototype
}

function isExact(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= BOUNDS.characters
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  return value === null || typeof value === 'boolean'
}
