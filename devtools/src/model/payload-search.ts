import { isObject, membersOf, shortText } from './members.ts'

/** Where a text was found, and whether everything was looked at. */
export interface PayloadHits {
  readonly paths: readonly (readonly string[])[]
  /** False when the search ended at a bound: 100 hits, 20,000 values, 32 levels. */
  readonly complete: boolean
}

const BOUNDS = { hits: 100, values: 20_000, depth: 32, characters: 100_000 } as const

/** Finds a text in keys and values of a payload; upper and lower case are the same. Never throws. */
export function searchPayload(payload: unknown, text: string): PayloadHits {
  const wanted = text.toLowerCase()
  const paths: (readonly string[])[] = []
  const seen = new Set<object>()
  let values = 0
  let complete = true

  const visit = (value: unknown, key: string, path: readonly string[]): void => {
    if (paths.length >= BOUNDS.hits || values++ >= BOUNDS.values || path.length > BOUNDS.depth) {
      complete = false
      return
    }
    const own = isObject(value) ? '' : shortText(value, BOUNDS.characters)
    if (key.toLowerCase().includes(wanted) || own.toLowerCase().includes(wanted)) paths.push(path)
    if (!isObject(value) || seen.has(value)) return
    seen.add(value)
    for (const [name, member] of membersOf(value, BOUNDS.values - values + 1))
      visit(member, name, [...path, name])
  }

  visit(payload, '', [])
  return { paths, complete }
}
