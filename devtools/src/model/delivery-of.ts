import type { Signal } from '@heliobus/core'
import type { DeliveryChain } from './delivery.ts'

/** Signals about a dead letter. */
export type LetterSignal = Extract<Signal, { readonly type: 'buried' | 'redriven' | 'discarded' }>

/** Signals about an event at a handler. */
export type DeliverySignal =
  | Extract<Signal, { readonly type: 'handled' | 'failed' | 'cancelled' }>
  | LetterSignal

/** What a signal tells of its event, `after` ms after that was told of. One object, for this is done for every call. */
export function deliveryOf(signal: DeliverySignal, after: number): DeliveryChain {
  if (signal.type === 'handled') {
    const { subscription, ms, attempt } = signal
    return { handler: subscription.name, fate: 'handled', after, ms, attempt, earlier: undefined, place: 0 }
  }
  if (signal.type === 'failed') {
    const { subscription, ms, attempt, error, retryIn } = signal
    const handler = subscription.name
    return {
      handler,
      fate: 'failed',
      after,
      ms,
      attempt,
      error,
      retryIn,
      earlier: undefined,
      place: 0,
    }
  }
  return rareDeliveryOf(signal, after)
}

function rareDeliveryOf(
  signal: Exclude<DeliverySignal, { readonly type: 'handled' | 'failed' }>,
  after: number,
): DeliveryChain {
  const alone = { after, earlier: undefined, place: 0 }
  if (signal.type === 'cancelled')
    return { ...alone, handler: signal.subscription.name, fate: 'cancelled', reason: signal.reason }
  const { handler = '', kind, error } = signal.letter
  if (signal.type === 'buried') return { ...alone, handler, fate: 'buried', reason: kind, error }
  return { ...alone, handler, fate: signal.type }
}
