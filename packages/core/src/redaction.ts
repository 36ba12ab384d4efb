import { copyData, isMembers, isPlain, put } from './json.ts'
import type { JsonLimits } from './plain-copy.ts'
import type { Secrecy } from './secrecy.ts'

/** What stands in the place of a secret. */
export const MASK = '(masked)'

const DEEPEST = 32
const MOST = 100_000

/**
 * The data without its secrets: itself when it holds none, else a copy. What can't be seen through at a glance (a class
 * with a `toJSON`) is copied too, as JSON has it. Throws `wire-unsupported`, `wire-too-large` with a path that begins with
 * `data` when that can't be copied.
 */
export function redact(data: unknown, secrecy: Secrecy, limits: JsonLimits): unknown {
  if (new Look(limits.depth).into(data, secrecy) === undefined) return data
  const copy = copyData(data, limits)
  mask(copy, secrecy)
  return copy
}

/** Where the first secret lies; `undefined` when none can be seen. */
export function secretIn(data: unknown, secrecy: Secrecy): readonly (string | number)[] | undefined {
  const look = new Look(DEEPEST)
  return look.into(data, secrecy) === 'secret' ? look.path : undefined
}

/** A walk over what is in the process, which may be anything. */
class Look {
  readonly path: (string | number)[] = []
  readonly #deepest: number
  #values = 0

  constructor(deepest: number) {
    this.#deepest = deepest
  }

  /** `doubtful`: there is something that it can't see through, or too much of it. */
  into(value: unknown, secrecy: Secrecy): 'secret' | 'doubtful' | undefined {
    try {
      return this.#into(value, secrecy)
    } catch {
      return 'doubtful' // a getter threw
    }
  }

  #into(value: unknown, secrecy: Secrecy): 'secret' | 'doubtful' | undefined {
    if (!isMembers(value) || secrecy.isOver) return undefined
    if (this.path.length >= this.#deepest || !isTransparent(value)) return 'doubtful'
    const isList = Array.isArray(value)
    for (const name of Object.keys(value)) {
      if (++this.#values > MOST) return 'doubtful'
      this.path.push(isList ? Number(name) : name)
      const member = value[name]
      const found = secrecy.hides(name, isList, member) ? 'secret' : this.#into(member, secrecy.inside(name))
      if (found !== undefined) return found
      this.path.pop()
    }
    return undefined
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
