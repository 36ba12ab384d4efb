import { isCall } from './delivery.ts'
import type { Rows } from './rows.ts'
import { Statistics } from './statistics.ts'
import { hasStatus } from './status.ts'
import type { Timeline } from './timeline.ts'

/** The statistics of rows that were recorded elsewhere: of what they hold, for nothing else is known. */
export function countRows(rows: Rows): Statistics {
  const statistics = new Statistics()
  for (let row = rows.oldest; row < rows.next; row++) {
    countRow(rows, row, statistics)
    countCalls(rows, row, statistics)
  }
  return statistics
}

/** Gives statistics that came with rows the course of their last minute. */
export function countSeconds(rows: Rows, statistics: Statistics): void {
  for (let row = rows.oldest; row < rows.next; row++) {
    const slot = rows.slot(row)
    if (!hasStatus(rows.status[slot]!, 'published')) continue
    statistics.all.seconds.count(rows.time[slot]!)
    statistics.of(rows.eventAt(row)!.type).seconds.count(rows.time[slot]!)
  }
}

/** Puts rows that were recorded elsewhere on a timeline; failures at the time of their event, for no other is known. */
export function layOut(rows: Rows, timeline: Timeline): void {
  for (let row = rows.oldest; row < rows.next; row++) {
    const slot = rows.slot(row)
    const at = rows.time[slot]!
    if (hasStatus(rows.status[slot]!, 'published'))
      timeline.count(at, timeline.domainOf(rows.eventAt(row)!.type))
    for (let failure = 0; failure < rows.failures[slot]!; failure++) timeline.countError(at)
  }
}

function countRow(rows: Rows, row: number, statistics: Statistics): void {
  const slot = rows.slot(row)
  const bits = rows.status[slot]!
  if (hasStatus(bits, 'gap')) return
  for (const counts of [statistics.all, statistics.of(rows.eventAt(row)!.type)]) {
    if (hasStatus(bits, 'published')) counts.publishedAt(rows.time[slot]!)
    if (hasStatus(bits, 'received')) counts.received++
    if (hasStatus(bits, 'unhandled')) counts.unhandled++
    if (hasStatus(bits, 'dropped')) counts.dropped++
    counts.handled += rows.handled[slot]!
    counts.failures += rows.failures[slot]!
    for (const { ms } of rows.deliveriesAt(row).filter(isCall)) counts.took(ms)
  }
}

/** Of the handlers, as far as their deliveries were kept. */
function countCalls(rows: Rows, row: number, { handlers }: Statistics): void {
  const at = rows.time[rows.slot(row)]!
  for (const delivery of rows.deliveriesAt(row).filter(isCall)) {
    const counts = handlers.of(delivery.handler)
    counts.took(delivery.ms)
    if (delivery.fate === 'failed') counts.failed(delivery.error, at + delivery.after)
  }
}
