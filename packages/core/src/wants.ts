import type { BusEvent } from './event.ts'
import type { HandlerSubscription } from './subscription.ts'

/** Whether a subscription's filter lets an event through; or what the filter threw. */
export function wants(
  { policy }: HandlerSubscription,
  event: BusEvent,
): boolean | { readonly error: unknown } {
  try {
    return policy.where === undefined || policy.where(event)
  } catch (error) {
    return { error }
  }
}
