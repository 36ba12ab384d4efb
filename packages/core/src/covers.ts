import { isInternal, isPattern, MANY, ONE, parsePattern } from './topic.ts'

/**
 * Whether every topic that `narrow` matches is matched by `wide` too: what says that a pattern lies inside an allowed one.
 * Never yes when it is no. Costs at most 16³ steps, whatever the patterns. Throws `pattern-invalid`.
 *
 * @example
 * covers('user.**', 'user.*.created') // true
 * covers('user.**', '**') // false
 */
export function covers(wide: string, narrow: string): boolean {
  const [outer, inner] = [parsePattern(wide), parsePattern(narrow)]
  if (isPattern(outer[0]!) && isInternal(inner[0]!)) return false // a leading wildcard does not see those
  return new Cover(toParts(outer), inner).holds(0, 0, 0)
}

/** One literal segment, or a run of wildcards: at least so many segments, and whether there may be more. */
type Part = string | { readonly least: number; readonly more: boolean }

/** `a.*.**.*` becomes `a` and a run of two or more. */
function toParts(segments: readonly string[]): readonly Part[] {
  const parts: Part[] = []
  for (const segment of segments) {
    const last = parts.at(-1)
    if (!isPattern(segment)) parts.push(segment)
    else if (typeof last === 'object') parts[parts.length - 1] = longer(last, segment)
    else parts.push(longer({ least: 0, more: false }, segment))
  }
  return parts
}

function longer({ least, more }: Exclude<Part, string>, segment: string): Part {
  return segment === ONE ? { least: least + 1, more } : { least, more: true }
}

/** Gives each segment of the inner pattern to a part of the outer one; what has failed once is not tried again. */
class Cover {
  readonly #parts: readonly Part[]
  readonly #inner: readonly string[]
  readonly #failed = new Set<number>()

  constructor(parts: readonly Part[], inner: readonly string[]) {
    this.#parts = parts
    this.#inner = inner
  }

  /** Whether the parts from `at` on take the segments from `from` on; the part at `at` has `taken` so many for certain. */
  holds(at: number, from: number, taken: number): boolean {
    const place = (at * 17 + from) * 17 + taken
    if (this.#failed.has(place)) return false
    const holds = this.#try(at, from, taken)
    if (!holds) this.#failed.add(place)
    return holds
  }

  #try(at: number, from: number, taken: number): boolean {
    const part = this.#parts[at]
    const segment = this.#inner[from]
    if (part === undefined) return segment === undefined
    if (typeof part === 'string') return part === segment && this.holds(at + 1, from + 1, 0)
    if (taken >= part.least && this.holds(at + 1, from, 0)) return true
    return segment !== undefined && this.#goOn(part, segment, at, from, taken)
  }

  /** A run takes one more segment. */
  #goOn(
    { least, more }: Exclude<Part, string>,
    segment: string,
    at: number,
    from: number,
    taken: number,
  ): boolean {
    if (!more && (segment === MANY || taken === least)) return false
    return this.holds(at, from + 1, segment === MANY ? taken : Math.min(taken + 1, least))
  }
}
