import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'

/** A question about an event. A method's type, so that a predicate on one event type fits where all types are meant. */
export type Predicate<E extends BusEvent = BusEvent> = { ask(event: E): boolean }['ask']

/** How a subscription is run; every member optional. */
export interface Policy<E extends BusEvent = BusEvent> {
  /** What signals, logs and lists call the handler. Default: the function's own name, else `anonymous`. */
  readonly name?: string
  /** Higher goes first, whatever the pattern; equals go in order of subscribing. Default 0. */
  readonly priority?: number
  /** Ends the subscription just before its first event is handled. */
  readonly once?: boolean
  /** Ends the subscription when aborted; one that is aborted already makes a subscription that is closed. */
  readonly signal?: AbortSignal
  /** Only events for which it is true are handled. One that throws counts as the handler's failure. */
  readonly where?: Predicate<E>
}

/** Throws `option-invalid`. */
export function checkPolicy({ priority, name }: Policy): void {
  if (priority !== undefined && !Number.isFinite(priority)) {
    throw new BusError('option-invalid', {
      option: 'priority',
      reason: `must be a finite number, not ${priority}`,
    })
  }
  if (name === '') throw new BusError('option-invalid', { option: 'name', reason: 'must not be empty' })
}
