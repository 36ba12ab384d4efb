import type { Delivery, DeliveryChain } from './delivery.ts'
import { amount, isRecord, type Members, textOf } from './json-values.ts'
import { shortText } from './members.ts'

const ERROR = 2_000

/** A delivery as it stands in a recording: errors as text. */
export function writeDelivery(delivery: Delivery): object {
  const { handler, fate, after } = delivery
  return { handler, fate, after, ...detailsOf(delivery) }
}

function detailsOf(delivery: Delivery): object {
  if (delivery.fate === 'handled') return { ms: delivery.ms, attempt: delivery.attempt }
  if (delivery.fate === 'cancelled') return { reason: delivery.reason }
  if (delivery.fate === 'buried') return { reason: delivery.reason, error: shortText(delivery.error, ERROR) }
  if (delivery.fate !== 'failed') return {}
  const { ms, attempt, retryIn, error } = delivery
  return { ms, attempt, retryIn, error: shortText(error, ERROR) }
}

/** What a recording says of a delivery; `undefined` when it is none. */
export function readDelivery(value: unknown): DeliveryChain | undefined {
  if (!isRecord(value)) return undefined
  const alone = {
    handler: textOf(value['handler']),
    after: amount(value['after']),
    earlier: undefined,
    place: 0,
  }
  const { fate } = value
  if (fate === 'handled') return { ...alone, fate, ...callOf(value) }
  if (fate === 'failed')
    return { ...alone, fate, ...callOf(value), error: value['error'], retryIn: numberOf(value['retryIn']) }
  if (fate === 'cancelled') return { ...alone, fate, reason: textOf(value['reason']) }
  if (fate === 'buried') return { ...alone, fate, reason: textOf(value['reason']), error: value['error'] }
  return fate === 'redriven' || fate === 'discarded' ? { ...alone, fate } : undefined
}

function callOf({ ms, attempt }: Members): { readonly ms: number | undefined; readonly attempt: number } {
  return { ms: numberOf(ms), attempt: amount(attempt) }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
