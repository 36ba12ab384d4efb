import { hasStatus } from '../../model/status.ts'
import type { Inspected } from './inspector-tab.ts'

/** Where an event came from, in words. */
export function originText({ session, row, event }: Inspected): string {
  const { rows } = session.recorder
  const { source, userId, hops } = event
  const slot = rows.slot(row)
  const who = userId === null ? '' : ` for the user ${userId}`
  if (!hasStatus(rows.status[slot]!, 'received')) return `Published here by ${source}${who}`
  const way = hops > 1 ? `, ${hops} hops from there` : ''
  return `Published by ${source}${who}; it arrived over ${rows.links.nameOf(rows.link[slot]!)}${way}`
}
