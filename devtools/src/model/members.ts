/** A value that could not be read: its getter, or a proxy, threw. */
export class Unreadable {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/** A member of a value: a key or index, and what stands there. */
export type Member = readonly [key: string, value: unknown]

/** Asks in a way that no proxy can answer with an exception. */
export function isUnreadable(value: unknown): value is Unreadable {
  return isObject(value) && kindOfObject(value) !== 'closed' && value instanceof Unreadable
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The value of a member, or what reading it threw. */
export function readMember(object: object, key: string): unknown {
  try {
    return isIndexed(object) ? object[key] : undefined
  } catch (error) {
    return new Unreadable(error)
  }
}

/** Any object can be asked for any key: quicker than `Reflect.get`, and this is on the way of every search. */
function isIndexed(object: object): object is Readonly<Record<string, unknown>> {
  return object !== null
}

/** What an object is, as far as reading its members goes. A proxy that lets nobody ask is `closed`. */
export type ObjectKind = 'list' | 'map' | 'set' | 'date' | 'error' | 'object' | 'closed'

/** Never throws. */
export function kindOfObject(object: object): ObjectKind {
  try {
    if (Array.isArray(object)) return 'list'
    if (object instanceof Map) return 'map'
    if (object instanceof Set) return 'set'
    if (object instanceof Date) return 'date'
    return object instanceof Error ? 'error' : 'object'
  } catch {
    return 'closed'
  }
}

/** True for what has no members to look into: dates, errors, and what lets nobody in. */
export function isClosed(object: object): boolean {
  const kind = kindOfObject(object)
  return kind === 'date' || kind === 'error' || kind === 'closed' || isUnreadable(object)
}

/**
 * The members of an object, a list, a Map or a Set. Keys are listed once: linear in them. Of an object with more than 10,000
 * they are those it had when it was first looked at. Never throws.
 */
export class Members {
  readonly count: number
  readonly #object: object
  readonly #keys: readonly string[] | undefined

  constructor(object: object) {
    this.#object = object
    this.#keys = kindOfObject(object) === 'list' || isCollection(object) ? undefined : keysOf(object)
    this.count = this.#keys?.length ?? sizeOf(object)
  }

  /** Members from `from` on, at most `limit`. */
  *range(from: number, limit: number): Generator<Member> {
    const end = Math.min(this.count, from + limit)
    if (isCollection(this.#object)) yield* entriesOf(this.#object, from, end)
    else
      for (let index = from; index < end; index++) {
        const key = this.#keys === undefined ? String(index) : this.#keys[index]!
        yield [key, readMember(this.#object, key)]
      }
  }
}

/** The first members, at most `limit`. Never throws. */
export function membersOf(object: object, limit: number): Generator<Member> {
  return new Members(object).range(0, limit)
}

function isCollection(object: object): object is Map<unknown, unknown> | Set<unknown> {
  const kind = kindOfObject(object)
  return kind === 'map' || kind === 'set'
}

function sizeOf(object: object): number {
  const size = readMember(object, isCollection(object) ? 'size' : 'length')
  return typeof size === 'number' ? size : 0
}

const MANY = 10_000
/** Keys of objects that have very many: a list with one of them in sight would ask for them with every frame. */
const manyKeys = new WeakMap<object, readonly string[]>()

function keysOf(object: object): readonly string[] {
  const known = manyKeys.get(object)
  if (known !== undefined) return known
  try {
    const keys = Object.keys(object)
    if (keys.length > MANY) manyKeys.set(object, keys)
    return keys
  } catch {
    return []
  }
}

function* entriesOf(
  object: Map<unknown, unknown> | Set<unknown>,
  from: number,
  end: number,
): Generator<Member> {
  let index = 0
  for (const [key, value] of object.entries()) {
    if (index >= end) return
    if (index >= from) yield [object instanceof Map ? shortText(key) : String(index), value]
    index++
  }
}

/** A value without members as text, cut after `limit` characters. Never throws. */
export function shortText(value: unknown, limit = 200): string {
  if (isUnreadable(value)) return `(can't be read: ${shortText(value.error, limit)})`
  try {
    const text = isObject(value) ? objectText(value) : String(value)
    return text.length > limit ? `${text.slice(0, limit)}…` : text
  } catch {
    return '(no text)'
  }
}

function objectText(object: object): string {
  if (object instanceof Error) return `${object.name}: ${object.message}`
  if (object instanceof Date) return Number.isNaN(object.getTime()) ? 'Invalid Date' : object.toISOString()
  const prototype: unknown = Object.getPrototypeOf(object)
  const maker = isObject(prototype) ? readMember(prototype, 'constructor') : undefined
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'Object'
}
