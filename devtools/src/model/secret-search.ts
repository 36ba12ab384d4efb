import type { Secrecy } from '@heliobus/core'
import { isClosed, isObject, kindOfObject, Members } from './members.ts'

/** Containers inside containers that are looked into. */
export const LEVELS = 64

/** Whether a payload holds a secret. Never throws. */
export class SecretSearch {
  readonly #most: number
  #values = 0
  /** With what each was looked at: the same object may be secret in one place and not in another. */
  readonly #seen = new Map<object, Secrecy>()

  /** Looks at so many values; a payload with more counts as one that holds a secret. */
  constructor(values: number) {
    this.#most = values
  }

  finds(value: unknown, secrecy: Secrecy, level = 0): boolean {
    if (!isObject(value) || isClosed(value) || this.#seen.get(value) === secrecy) return false
    this.#seen.set(value, secrecy)
    const members = new Members(value)
    if (level >= LEVELS || (this.#values += members.count) > this.#most) return true
    const isList = kindOfObject(value) === 'list'
    for (const [name, member] of members.range(0, members.count))
      if (secrecy.hides(name, isList, member) || this.finds(member, secrecy.inside(name), level + 1))
        return true
    return false
  }
}
