import type { BusEvent } from './event.ts'

/**
 * Stands before the handlers, also for events that arrive over a bridge. Calls `next` with the event to pass it on, with
 * another to change it, later to delay it, not at all to drop it. One that throws drops the event.
 */
export type Middleware = (event: BusEvent, next: (event: BusEvent) => void) => void

/** Where an event goes after the middleware. */
export interface Exits {
  arrive(event: BusEvent): void
  /** No middleware failed, but the event was not passed on, or not yet. */
  withheld(event: BusEvent): void
  failed(event: BusEvent, error: unknown): void
}

/** One function for all middleware, first to last. It never throws. */
export function compose(middleware: readonly Middleware[], exits: Exits): (event: BusEvent) => void {
  return (event) => {
    let gone = false
    const fail = (error: unknown): void => {
      gone = true
      exits.failed(event, error)
    }
    const step = (index: number, current: BusEvent): void => {
      const own = middleware[index]
      try {
        if (own === undefined) {
          gone = true
          exits.arrive(current)
        } else {
          const answer: unknown = own(current, (next) => step(index + 1, next))
          if (answer instanceof Promise) answer.catch(fail)
        }
      } catch (error) {
        fail(error)
      }
    }
    step(0, event)
    if (!gone) exits.withheld(event)
  }
}
