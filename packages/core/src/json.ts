import { BusError, isBusError } from './errors.ts'
import { textBytes, writtenPath } from './json-text.ts'
import { copyPlain, doubtful, type JsonLimits } from './plain-copy.ts'

/**
 * A copy that JSON carries without loss: plain objects, arrays, strings, finite numbers, booleans, null. What has a
 * `toJSON` (a Date) is what that says; members that are undefined are left out. A copy has no getters and shares nothing. Linear in the size, and bounded: it stops where a limit is passed.
 *
 * Throws `wire-unsupported` with the path of what JSON would lose or change (a function, a bigint, NaN, a Map, an
 * instance of a class, a cycle, a getter that throws) and `wire-too-large`.
 */
export function copyJson(value: unknown, limits: JsonLimits): unknown {
  const copy = copyPlain(value, limits)
  return copy === doubtful ? new Copier(limits).run(value) : copy
}

/** The same of an event's data: a path begins with `data`. */
export function copyData(data: unknown, { depth, bytes }: JsonLimits): unknown {
  const copy = copyJson({ data }, { depth: depth + 1, bytes })
  return isMembers(copy) ? copy['data'] : undefined
}

class Copier {
  readonly #limits: JsonLimits
  readonly #path: (string | number)[] = []
  readonly #around: object[] = []
  #bytes = 0

  constructor(limits: JsonLimits) {
    this.#limits = limits
  }

  run(value: unknown): unknown {
    try {
      return this.#copy(value)
    } catch (error) {
      if (isBusError(error, 'wire-unsupported') || isBusError(error, 'wire-too-large')) throw error
      throw this.#unsupported('it threw when it was read', error)
    }
  }

  #copy(value: unknown): unknown {
    return this.#copyBare(isObject(value) ? replaced(value, this.#path.at(-1)) : value)
  }

  #copyBare(value: unknown): unknown {
    if (typeof value === 'string') return this.#counted(value, textBytes(value))
    if (typeof value === 'number') return this.#number(value)
    if (typeof value === 'boolean' || value === null) return this.#counted(value, String(value).length)
    if (typeof value === 'object') return this.#container(value)
    if (value === undefined) return undefined
    const isBig = typeof value === 'bigint'
    throw this.#unsupported(
      isBig ? 'JSON has no bigint; publish it as a string' : `a ${typeof value} is not data`,
    )
  }

  #number(value: number): number {
    if (!Number.isFinite(value)) throw this.#unsupported(`${value} would arrive as null`)
    return this.#counted(value, String(value).length)
  }

  #counted<V>(value: V, bytes: number): V {
    this.#count(bytes)
    return value
  }

  #container(value: object): unknown {
    if (this.#around.includes(value)) throw this.#unsupported('it contains itself')
    if (this.#around.length >= this.#limits.depth)
      throw this.#unsupported(`it is nested deeper than ${this.#limits.depth} levels`)
    this.#count(2)
    this.#around.push(value)
    const copy = Array.isArray(value) ? this.#list(value) : this.#object(value)
    this.#around.pop()
    return copy
  }

  #list(list: readonly unknown[]): unknown[] {
    const copy: unknown[] = []
    for (let index = 0; index < list.length; index++) {
      this.#path.push(index)
      const member = this.#copy(list[index])
      if (member === undefined) throw this.#unsupported('undefined in an array would arrive as null')
      this.#count(index === 0 ? 0 : 1)
      copy.push(member)
      this.#path.pop()
    }
    return copy
  }

  #object(object: object): object {
    if (!isPlain(object)) throw this.#unsupported(lostClass(object))
    const copy: Members = {}
    let first = true
    for (const key of Object.keys(object)) {
      this.#path.push(key)
      const member = this.#copy(object[key])
      this.#path.pop()
      if (member === undefined) continue
      this.#count(textBytes(key) + (first ? 1 : 2))
      first = false
      put(copy, key, member)
    }
    return copy
  }

  #count(bytes: number): void {
    this.#bytes += bytes
    const { bytes: limit } = this.#limits
    if (this.#bytes > limit) throw new BusError('wire-too-large', { bytes: this.#bytes, limit })
  }

  #unsupported(reason: string, cause?: unknown): BusError {
    return new BusError('wire-unsupported', { path: writtenPath(this.#path), reason }, cause)
  }
}

export interface Members {
  [name: string]: unknown
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Any object can be asked for any name. */
export function isMembers(value: unknown): value is Members {
  return isObject(value)
}

function replaced(value: object, key: string | number | undefined): unknown {
  const { toJSON } = value as { toJSON?: unknown }
  return typeof toJSON === 'function' ? (toJSON.call(value, String(key ?? '')) as unknown) : value
}

/** Of any realm: an object that came from another frame has another `Object.prototype`. */
export function isPlain(object: object): object is Members {
  const prototype: unknown = Object.getPrototypeOf(object)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function lostClass(object: object): string {
  const { name } = object.constructor
  return name in globalThis
    ? `a ${name} would arrive as something else; publish plain objects and arrays`
    : `an instance of ${name} would lose its class; publish a plain object, or give it a toJSON`
}

/** An own member whatever its name: assigning to `__proto__` would change the prototype. */
export function put(object: Members, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
