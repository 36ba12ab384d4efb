import { copyData, isMembers, isPlain, put } from './json.ts'
import type { JsonLimits } from './plain-copy.ts'
import type { Secrecy } from './secrecy.ts'

/** What stands in the place of a secret. */
export const MASK = '(masked)'

const MOST = 100_000

/**
 * The data without its secrets: itself when it holds none, else a copy. What can't be seen through at a glance (a class
 * with a `toJSON`) is copied too, as JSON has it. Throws `wire-unsupported`, `wire-too-large` with a path that begins with
 * `data` when that can't be copied.
 */
export function redact(data: unknown, secrecy: Secrecy, limits: JsonLimits): unknown {
  if (new Look(limits.depth).isClear(data, secrecy)) return data
  const copy = copyData(data, limits)
  mask(copy, secrecy)
  return copy
}

/** A walk over what is in the process, which may be anything. */
class Look {
  readonly #deepest: number
  #values = 0

  constructor(deepest: number) {
    this.#deepest = deepest
  }

  /** False when there is a secret, something that it can't see through, or too much of it. */
  isClear(value: unknown, secrecy: Secrecy): boolean {
    try {
      return this.#isClear(value, secrecy, 0)
    } catch {
      return false // a getter threw
    }
  }

  #isClear(value: unknown, secrecy: Secrecy, depth: number): boolean {
    if (!isMembers(value) || secrecy.isOver) return true
    if (depth >= this.#deepest || !isTransparent(value)) return false
    const isList = Array.isArray(value)
    for (const name of Object.keys(value)) {
      if (++this.#values > MOST) return false
      const member = value[name]
      if (secrecy.hides(name, isList, member)) return false
      if (!this.#isClear(member, secrecy.inside(name), depth + 1)) return false
    }
    return true
  }
}

/** In place, in what JSON carries: no getters, no circles, and not deeper than was allowed. */
function mask(value: unknown, secrecy: Secrecy): void {
  if (!isMembers(value) || secrecy.isOver) return
  const isList = Array.isArray(value)
  for (const name of Object.keys(value)) {
    const member = value[name]
    if (secrecy.hides(name, isList, member)) put(value, name, MASK)
    else mask(member, secrecy.inside(name))
  }
}

/** JSON has its members, and no others. */
function isTransparent(object: object): boolean {
  return !('toJSON' in object) && (Array.isArray(object) || isPlain(object))
}
