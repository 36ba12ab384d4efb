import { isObject, kindOfObject, Members, shortText } from './members.ts'

/** One difference between two payloads. */
export interface Difference {
  readonly path: readonly string[]
  readonly kind: 'added' | 'removed' | 'changed'
  /** `undefined` when it was added. */
  readonly before: unknown
  /** `undefined` when it was removed. */
  readonly after: unknown
}

/** All differences, unless a bound was met: 500 differences, 20,000 values, 32 levels. */
export interface PayloadDiff {
  readonly differences: readonly Difference[]
  readonly complete: boolean
}

const BOUNDS = { differences: 500, values: 20_000, depth: 32, characters: 10_000 } as const

/** What changed from one payload to another, member by member. Never throws; a pair that was compared isn't compared again. */
export function diffPayloads(before: unknown, after: unknown): PayloadDiff {
  const comparison = new Comparison()
  comparison.compare(before, after, [])
  return comparison
}

class Comparison implements PayloadDiff {
  readonly differences: Difference[] = []
  complete = true
  readonly #seen = new Map<object, Set<object>>()
  #values = 0

  compare(before: unknown, after: unknown, path: readonly string[]): void {
    if (Object.is(before, after) || sameText(before, after) || !this.#hasRoom(path)) return
    if (!isObject(before) || !isObject(after) || !comparable(before, after))
      return void this.differences.push({ path, kind: 'changed', before, after })
    if (!this.#isNew(before, after)) return
    this.#members(membersByKey(before), membersByKey(after), path)
  }

  #members(old: Map<string, unknown>, young: Map<string, unknown>, path: readonly string[]): void {
    for (const [key, value] of old) {
      if (young.has(key)) this.compare(value, young.get(key), [...path, key])
      else this.#tell({ path: [...path, key], kind: 'removed', before: value, after: undefined })
    }
    for (const [key, value] of young)
      if (!old.has(key)) this.#tell({ path: [...path, key], kind: 'added', before: undefined, after: value })
  }

  #tell(difference: Difference): void {
    if (this.#hasRoom(difference.path)) this.differences.push(difference)
  }

  #hasRoom(path: readonly string[]): boolean {
    const full = this.differences.length >= BOUNDS.differences || this.#values++ >= BOUNDS.values
    if (full || path.length > BOUNDS.depth) this.complete = false
    return !full && path.length <= BOUNDS.depth
  }

  #isNew(before: object, after: object): boolean {
    const partners = this.#seen.get(before) ?? new Set()
    this.#seen.set(before, partners)
    const isNew = !partners.has(after)
    partners.add(after)
    return isNew
  }
}

function membersByKey(object: object): Map<string, unknown> {
  return new Map(new Members(object).range(0, BOUNDS.values))
}

/** Two dates, or two errors, that say the same. */
function sameText(before: unknown, after: unknown): boolean {
  if (!isObject(before) || !isObject(after)) return false
  const kind = kindOfObject(before)
  if ((kind !== 'date' && kind !== 'error') || kind !== kindOfObject(after)) return false
  return shortText(before, BOUNDS.characters) === shortText(after, BOUNDS.characters)
}

/** Two objects of one kind whose members say all; two dates differ as a whole. */
function comparable(before: object, after: object): boolean {
  const kind = kindOfObject(before)
  if (kind !== kindOfObject(after)) return false
  return kind === 'list' || kind === 'map' || kind === 'set' || kind === 'object'
}
