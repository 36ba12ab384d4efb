import type { Rows } from './rows.ts'

/**
 * The nearest row with an event of the same type: `step` -1 for an older one, 1 for a newer one; `undefined` without one.
 * Reads a column: 0.1 ms for 65,536 rows.
 */
export function sameType(rows: Rows, row: number, step: -1 | 1): number | undefined {
  const type = rows.eventAt(row)?.type
  const number = rows.type[rows.slot(row)]
  for (let near = row + step; rows.has(near); near += step)
    if (rows.type[rows.slot(near)] === number && rows.eventAt(near)?.type === type) return near
  return undefined
}
