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

/** The same, as a bus knows it. */
export interface NotedDelivery extends Delivery {
  /** What ends a handler's calls with this event, made of the signal that does so otherwise. */
  readonly ending?: (signal: AbortSignal) => AbortSignal
}

/** Beside the events, for hardly any has one: what a durable transport knows of its arrival. */
const deliveries = new WeakMap<BusEvent, NotedDelivery>()

export function noteDelivery(event: BusEvent, delivery: NotedDelivery): void {
  deliveries.set(event, delivery)
}

export function deliveryOf(event: BusEvent): NotedDelivery | undefined {
  return deliveries.get(event)
}

/** What ends the calls of a handler: the end of its subscription, and of the right to deliver this event. */
export function endingOf({ signal }: { readonly signal: AbortSignal }, event: BusEvent): AbortSignal {
  return deliveryOf(event)?.ending?.(signal) ?? signal
}
