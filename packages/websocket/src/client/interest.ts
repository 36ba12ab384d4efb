import { covers } from '@heliobus/core'
import { MOST_PATTERNS } from '../protocol/fields.ts'

/**
 * What to ask a hub for: of what is wanted, the part that it allows. A pattern that lies inside an allowed one is asked for as
 * it is; for another, whatever is allowed and meets it: the bus takes from that what it wants. So `**` is what the client
 * may hear.
 */
export function askable(wanted: readonly string[], allowed: readonly string[]): readonly string[] {
  const asked = new Set(wanted.flatMap((pattern) => askableFor(pattern, allowed)))
  return asked.size <= MOST_PATTERNS ? [...asked] : allowed
}

function askableFor(pattern: string, allowed: readonly string[]): readonly string[] {
  if (allowed.some((wide) => covers(wide, pattern))) return [pattern]
  return allowed.filter((one) => meets(one.split(/[.:]/), pattern.split(/[.:]/)))
}

/** Whether some topic might match both: never no when there is one. */
function meets(one: readonly string[], other: readonly string[]): boolean {
  const [a, b] = [one[0], other[0]]
  if (a === undefined || b === undefined) return isOpen(one) && isOpen(other)
  if (a === '**' || b === '**') return true
  return (a === b || a === '*' || b === '*') && meets(one.slice(1), other.slice(1))
}

/** Whether nothing at all fits. */
function isOpen(segments: readonly string[]): boolean {
  return segments.every((segment) => segment === '**')
}
