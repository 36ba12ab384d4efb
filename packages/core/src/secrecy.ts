/** What is secret in a payload, seen from one of its objects or lists. */
export interface Secrecy {
  /** True when nothing can be secret from here on. */
  readonly isOver: boolean
  /** Whether the member itself is secret; of a list, `name` is the index. */
  hides(name: string, isInList: boolean, value: unknown): boolean
  /** What is secret inside of the member. */
  inside(name: string): Secrecy
}

type ByName = (name: string) => boolean

const DEEPEST = 32
const LONGEST = 1_000
const segment = /^[^\s,.]+$/

/** What is wrong with paths that are to be kept secret: one is malformed, or they are more than 1,000 characters. */
export function faultInPaths(paths: readonly string[]): string | undefined {
  const fault = paths.find((path) => !isPath(path))
  if (fault !== undefined) return `holds "${fault}", which is no path such as card.number or items.*.key`
  return paths.join().length > LONGEST ? `is longer than ${LONGEST} characters` : undefined
}

function isPath(path: string): boolean {
  const segments = path.split('.')
  return segments.length <= DEEPEST && segments.every((one) => segment.test(one))
}

/**
 * What these paths name, and what is under a name that `isSecret` says yes to. In a path, `*` is any one member or index,
 * `**` any number of them. A boolean under a secret name is none: `hasPassword` gives nothing away.
 */
export function secrecyOf(paths: readonly string[], isSecret?: ByName): Secrecy {
  return new Rules(paths, isSecret)
}

class Rules implements Secrecy {
  /** What is left of each, from here on. */
  readonly #paths: readonly string[]
  readonly #isSecret: ByName | undefined

  constructor(paths: readonly string[], isSecret: ByName | undefined) {
    this.#paths = paths
    this.#isSecret = isSecret
  }

  get isOver(): boolean {
    return this.#paths.length === 0 && this.#isSecret === undefined
  }

  hides(name: string, isInList: boolean, value: unknown): boolean {
    if (value === null || value === undefined) return false
    if (this.#paths.some((path) => behind(path, name).includes(''))) return true
    return !isInList && typeof value !== 'boolean' && this.#isSecret?.(name) === true
  }

  inside(name: string): Secrecy {
    if (this.#paths.length === 0) return this
    const left = this.#paths.flatMap((path) => behind(path, name)).filter((path) => path !== '')
    return new Rules([...new Set(left)], this.#isSecret) // several `**` may come to the same in several ways
  }
}

/** Whether a way through the data leads to what one of these paths names, or into it. */
export function leadsToSecret(paths: readonly string[]): (way: readonly string[]) => boolean {
  const secrecy = secrecyOf(paths)
  return (way) => leads(way, secrecy)
}

function leads([first, ...rest]: readonly string[], secrecy: Secrecy): boolean {
  if (first === undefined || secrecy.isOver) return false
  return secrecy.hides(first, false, first) || leads(rest, secrecy.inside(first))
}

/** What is left of a path behind a member of this name; `''`: it ends there. With `**` there is more than one way. */
function behind(path: string, name: string): readonly string[] {
  const dot = path.indexOf('.')
  const first = dot < 0 ? path : path.slice(0, dot)
  const rest = dot < 0 ? '' : path.slice(dot + 1)
  if (first === '**') return [path, ...(rest === '' ? [''] : behind(rest, name))]
  return first === '*' || first === name ? [rest] : []
}
