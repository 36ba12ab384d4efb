import type { BusEvent } from './event.ts'

/** What a durable transport knows of one arrival, and the handlers need. */
export interface Delivery {
  /** 1 for the first. */
  readonly attempt: number
  readonly redelivered: boolean
  /** The lease's epoch. */
  readonly fence?: number
  /** Aborted when the lease is lost. */
  readonly signal?: AbortSignal
  /** A redrive: only this handler. */
  readonly target?: string
}

/** Beside the events, for hardly any has one: what a durable transport knows of its arrival. */
const deliveries = new WeakMap<BusEvent, Delivery>()

export function noteDelivery(event: BusEvent, delivery: Delivery): void {
  deliveries.set(event, delivery)
}

export function deliveryOf(event: BusEvent): Delivery | undefined {
  return deliveries.get(event)
}

/** One for each two, which both last: what is made for each call would listen to them for ever. */
const joined = new WeakMap<AbortSignal, WeakMap<AbortSignal, AbortSignal>>()

/** What ends the calls of a handler: the end of its subscription, and of the right to deliver this event. */
export function endingOf({ signal }: { readonly signal: AbortSignal }, event: BusEvent): AbortSignal {
  const losing = deliveryOf(event)?.signal
  if (losing === undefined) return signal
  const those = joined.get(losing) ?? new WeakMap<AbortSignal, AbortSignal>()
  joined.set(losing, those)
  const known = those.get(signal) ?? eitherOf(signal, losing)
  those.set(signal, known)
  return known
}

function eitherOf(...signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals)
    if (signal.aborted) controller.abort(signal.reason)
    else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true })
  return controller.signal
}
