import { isObject, kindOfObject, Members, shortText } from './members.ts'
import { type PayloadVisitor, valueText, walkPayload } from './payload-walk.ts'

/**
 * Keys and values of a payload as `key: value`, one line each, cut after 4,000 characters and 400 values. Getters that throw,
 * cycles and proxies do no harm; markup stays text.
 */
export function payloadText(value: unknown): string {
  if (!isObject(value)) return valueText(value)
  const joined = new Joined()
  walkPayload(value, joined)
  return joined.text
}

class Joined implements PayloadVisitor {
  text = ''

  key(key: string): boolean {
    this.text += `${key}: `
    return false
  }

  value(value: unknown): boolean {
    this.text += `${valueText(value)}\n`
    return false
  }
}

/** About how many bytes a payload has as JSON. Looks at so many values at most, and goes on from their average. Never throws. */
export function estimateSize(payload: unknown, values = 1_000): number {
  return new Scale(values).weigh(payload, 0)
}

class Scale {
  #left: number

  constructor(values: number) {
    this.#left = values
  }

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
