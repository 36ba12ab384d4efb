import { handlersOf, isCall } from '../../model/delivery.ts'
import type { Inspected } from './inspector-tab.ts'

/** How many calls of handlers the event has had, kept or not. */
export function callCount({ session: { recorder }, row }: Inspected): number {
  const slot = recorder.rows.slot(row)
  return recorder.rows.handled[slot]! + recorder.rows.failures[slot]!
}

/** How many handlers have had the event; calls of which nothing is kept count one each. */
export function handlerCount(inspected: Inspected): number {
  const deliveries = inspected.session.recorder.rows.deliveriesAt(inspected.row)
  return handlersOf(deliveries).length + callCount(inspected) - deliveries.filter(isCall).length
}
