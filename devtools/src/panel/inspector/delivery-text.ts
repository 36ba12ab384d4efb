import type { Delivery } from '../../model/delivery.ts'
import { duration } from '../look/figures.ts'

const reasons: Readonly<Record<string, string>> = {
  unsubscribed: 'its subscription ended',
  superseded: 'a newer event took its place',
  exhausted: 'it was still at work with another',
  overflow: 'too many events waited for it',
  invalid: 'it does not fit its definition',
  unrouted: 'nobody handles it',
}

/** What was told of an event at a handler, in words. */
export function deliveryText(delivery: Delivery): string {
  const { fate } = delivery
  if (fate === 'handled') return `Call ${delivery.attempt} succeeded${took(delivery.ms)}`
  if (fate === 'failed') return `Call ${delivery.attempt} failed${took(delivery.ms)}`
  if (fate === 'cancelled') return `Cancelled: ${reasonText(delivery.reason)}`
  if (fate === 'buried')
    return `Given up: ${delivery.reason === 'failed' ? 'a dead letter' : reasonText(delivery.reason)}`
  return fate === 'redriven' ? 'Redriven' : 'The dead letter was discarded'
}

/** Why a call was cancelled or an event given up. What a newer bus says stands as it is. */
export function reasonText(reason: string): string {
  return Object.hasOwn(reasons, reason) ? reasons[reason]! : reason
}

/** When a handler is called again, as seen `passed` ms after it failed. */
export function retryText(retryIn: number, passed: number): string {
  const left = retryIn - passed
  return left > 0 ? `retries in ${duration(left)}` : 'retries now'
}

function took(ms: number | undefined): string {
  return ms === undefined ? '' : ` after ${duration(ms)}`
}
