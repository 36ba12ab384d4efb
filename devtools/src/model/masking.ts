import { MASK, type Secrecy } from '@heliobus/core'
import { isClosed, isObject, kindOfObject, Members } from './members.ts'
import { LEVELS } from './secret-search.ts'

const TOO_LARGE = '(too large to look for secrets)'

/**
 * A copy of a payload that looks as it does, circles included, with its secrets masked. Beyond 64 levels or so many values
 * it ends. Never throws.
 */
export class Masking {
  masked = 0
  readonly #most: number
  #values = 0
  readonly #copies = new Map<object, { readonly secrecy: Secrecy; readonly copy: object }>()

  constructor(values: number) {
    this.#most = values
  }

  copy(value: unknown, secrecy: Secrecy, level = 0): unknown {
    if (!isObject(value) || isClosed(value)) return value
    const known = this.#copies.get(value)
    if (known?.secrecy === secrecy) return known.copy
    const members = new Members(value)
    if (level >= LEVELS || (this.#values += members.count) > this.#most) return TOO_LARGE
    const copy = emptyLike(value)
    this.#copies.set(value, { secrecy, copy })
    const isList = kindOfObject(value) === 'list'
    for (const [name, member] of members.range(0, members.count))
      add(
        copy,
        name,
        secrecy.hides(name, isList, member)
          ? this.#mask()
          : this.copy(member, secrecy.inside(name), level + 1),
      )
    return copy
  }

  #mask(): string {
    this.masked++
    return MASK
  }
}

function emptyLike(object: object): object {
  const kind = kindOfObject(object)
  if (kind === 'list') return []
  if (kind === 'map') return new Map()
  if (kind === 'set') return new Set()
  const copy: object = Object.create(Object.getPrototypeOf(object))
  return copy
}

function add(copy: object, name: string, value: unknown): void {
  if (Array.isArray(copy)) copy.push(value)
  else if (copy instanceof Map) copy.set(name, value)
  else if (copy instanceof Set) copy.add(value)
  else Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true })
}
