import type { Rows } from '../../model/rows.ts'

const SEARCHED = 65_536

/** Rows that name this one's event as their cause, oldest first, at most `limit`; looks at the 65,536 that followed it. */
export function effectsOf(rows: Rows, row: number, limit: number): number[] {
  const id = rows.eventAt(row)?.id
  const effects: number[] = []
  const end = Math.min(rows.next, row + 1 + SEARCHED)
  for (let later = row + 1; later < end && effects.length < limit; later++)
    if (rows.eventAt(later)?.causationId === id) effects.push(later)
  return effects
}
