import type { BusEvent } from './event.ts'
import type { HandlerOutcome } from './task.ts'

/** What became of an event: the answer of `bus.settled`. */
export interface Settlement {
  readonly event: BusEvent
  /** In the order of calling. Handlers whose `where` said no, or that had unsubscribed, are not among them. */
  readonly outcomes: readonly HandlerOutcome[]
  /**
   * For each bridge that the event went over, as `bridge <name>`: `handled` when the other side has accepted it (with a link
   * that acknowledges nothing: when it was sent), `failed` with `link-failed` when it will not get there.
   */
  readonly links: readonly HandlerOutcome[]
}
