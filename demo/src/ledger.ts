import type { BusEvent, Middleware } from '@heliobus/core'

/** Where the events of a bus came from. */
export interface Ledger {
  readonly published: number
  readonly arrived: number
  /** The newest event of each type. */
  readonly newest: ReadonlyMap<string, BusEvent>
  /** Enters every event; a middleware, so that it is no handler and the bus's own statistics stay as they are. */
  readonly enter: Middleware
}

export function createLedger(): Ledger {
  const newest = new Map<string, BusEvent>()
  const ledger = {
    published: 0,
    arrived: 0,
    newest,
    enter: ((event, next) => {
      if (event.hops === 0) ledger.published++
      else ledger.arrived++
      newest.set(event.type, event)
      next(event)
    }) satisfies Middleware,
  }
  return ledger
}
