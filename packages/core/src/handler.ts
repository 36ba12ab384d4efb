import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { HandlerContext } from './handler-context.ts'

/** Takes an event. A returned promise is awaited for the outcome; anything else that is returned is ignored. */
export type Handler<E extends BusEvent = BusEvent> = {
  handle(event: E, context: HandlerContext): unknown
}['handle']

/** A handler under a pattern, until it is unsubscribed. Fits RxJS's `Subscription.add` and `using`. */
export interface Subscription {
  readonly closed: boolean
  /** The handler is not called again, not even for the event being dispatched. Calling it twice is fine. */
  readonly unsubscribe: () => void
  [Symbol.dispose](): void
}

/** Throws `option-invalid`. */
export function checkHandler(handler: unknown): void {
  if (typeof handler === 'function') return
  throw new BusError('option-invalid', { option: 'handler', reason: 'must be a function' })
}
