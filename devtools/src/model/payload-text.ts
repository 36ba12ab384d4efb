import { isObject, kindOfObject, Members, membersOf, shortText } from './members.ts'

/** What a text search reads of a payload: keys and values, at most so many characters and values. */
const searched = { characters: 4_000, values: 400, members: 100, depth: 8 } as const

/**
 * Keys and values of a payload in one line each, cut at 4,000 characters and 400 values. Getters that throw, cycles and
 * proxies do no harm; markup stays text.
 */
export function payloadText(value: unknown): string {
  if (!isObject(value)) return shortText(value, searched.characters)
  const reader = new Reader()
  reader.read(value, 0)
  return reader.text
}

class Reader {
  text = ''
  #values = 0

  read(value: unknown, depth: number): void {
    if (this.#values++ > searched.values || this.text.length > searched.characters) return
    if (!isObject(value) || depth >= searched.depth)
      return void (this.text += shortText(value, searched.characters) + '\n')
    for (const [key, member] of membersOf(value, searched.members)) {
      this.text += `${key}: `
      this.read(member, depth + 1)
      if (this.#values > searched.values) return
    }
  }
}

/** About how many bytes a payload has as JSON. Looks at 1,000 values at most, and goes on from their average. */
export function estimateSize(value: unknown): number {
  return new Scale().weigh(value, 0)
}

class Scale {
  #left = 1_000

  weigh(value: unknown, depth: number): number {
    if (typeof value === 'string') return value.length + 2
    if (value === undefined) return 0
    if (!isObject(value)) return shortText(value).length
    if (depth > 20 || this.#left <= 0) return 2
    return this.#container(value, depth)
  }

  #container(object: object, depth: number): number {
    const members = new Members(object)
    const isList = kindOfObject(object) === 'list'
    let [bytes, seen] = [0, 0]
    for (const [key, member] of members.range(0, Math.max(this.#left, 1))) {
      this.#left--
      bytes += this.weigh(member, depth + 1) + 1 + (isList ? 0 : key.length + 3)
      seen++
      if (this.#left <= 0) break
    }
    return seen === 0 ? 2 : 2 + (bytes * members.count) / seen
  }
}
