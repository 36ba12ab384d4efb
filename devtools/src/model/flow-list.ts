import type { Rows } from './rows.ts'

/** A flow as it is listed: what it began with, as far as that is still here. */
export interface ListedFlow {
  readonly id: string
  /** The row of its oldest event of those that were looked at. */
  readonly first: number
  /** The row of its newest. */
  readonly last: number
  /** How many events it has, of those that were looked at. */
  readonly count: number
  /** Whatever is true of one of these. */
  readonly status: number
}

const LOOKED_AT = 10_000

/** Flows of more than one event among the newest 10,000 rows: those that went on last come first, `most` of them. */
export function newestFlows(rows: Rows, most: number): readonly ListedFlow[] {
  const flows = new Map<string, ListedFlow>()
  for (let row = rows.next - 1; row >= Math.max(rows.oldest, rows.next - LOOKED_AT); row--) {
    const id = rows.eventAt(row)!.correlationId
    const { last = row, count = 0, status = 0 } = flows.get(id) ?? {}
    const bits = rows.status[rows.slot(row)]!
    flows.set(id, { id, first: row, last, count: count + 1, status: status | bits })
  }
  const all = [...flows.values()].filter(({ count }) => count > 1)
  return all.slice(0, most)
}
