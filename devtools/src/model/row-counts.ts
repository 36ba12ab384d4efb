import type { Rows } from './rows.ts'
import { Statistics } from './statistics.ts'
import { hasStatus } from './status.ts'

/** The statistics of rows that were recorded elsewhere: of what they hold, for nothing else is known. */
export function countRows(rows: Rows): Statistics {
  const statistics = new Statistics()
  for (let row = rows.oldest; row < rows.next; row++) countRow(rows, row, statistics)
  return statistics
}

function countRow(rows: Rows, row: number, statistics: Statistics): void {
  const slot = rows.slot(row)
  const bits = rows.status[slot]!
  for (const counts of [statistics.all, statistics.of(rows.eventAt(row)!.type)]) {
    if (hasStatus(bits, 'published')) counts.publishedAt(rows.time[slot]!)
    if (hasStatus(bits, 'received')) counts.received++
    if (hasStatus(bits, 'unhandled')) counts.unhandled++
    if (hasStatus(bits, 'dropped')) counts.dropped++
    counts.handled += rows.handled[slot]!
    counts.failures += rows.failures[slot]!
    for (const { ms } of rows.deliveriesAt(row)) counts.took(ms)
  }
}
