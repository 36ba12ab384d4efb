import { HERE } from '../../model/row-columns.ts'
import { hasStatus } from '../../model/status.ts'
import { processAt } from '../look/process.ts'
import type { Inspected } from './inspector-tab.ts'

/** Where an event came from, in words. */
export function originText({ session, row, event }: Inspected): string {
  const { rows } = session.recorder
  const { source, userId, hops } = event
  const slot = rows.slot(row)
  const who = userId === null ? '' : ` for the user ${userId}`
  if (hasStatus(rows.status[slot]!, 'gap')) return 'No event: something may be missing here'
  const process = processAt(rows, row)
  const at = process === HERE ? '' : ` at ${process}`
  if (!hasStatus(rows.status[slot]!, 'received')) return `Published${at || ' here'} by ${source}${who}`
  const way = hops > 1 ? `, ${hops} hops from there` : ''
  return `Published by ${source}${who}; it arrived${at} over ${rows.links.nameOf(rows.link[slot]!)}${way}`
}
