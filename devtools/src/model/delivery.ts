/** One thing that was told of an event at a handler. */
export type Delivery = {
  /** '' where no handler had a part in it: a dead letter that nobody takes. */
  readonly handler: string
  /** ms after the event was told of. */
  readonly after: number
} & (
  | {
      readonly fate: 'handled'
      /** How long the call took, in ms; `undefined` when it was not timed. */
      readonly ms: number | undefined
      /** 1 is the first call. */
      readonly attempt: number
    }
  | {
      readonly fate: 'failed'
      readonly ms: number | undefined
      readonly attempt: number
      /** What it threw, by reference. */
      readonly error: unknown
      /** ms until it is called again; `undefined`: it has given up. */
      readonly retryIn: number | undefined
    }
  | { readonly fate: 'cancelled'; readonly reason: string }
  | { readonly fate: 'buried'; readonly reason: string; readonly error: unknown }
  | { readonly fate: 'redriven' }
  | { readonly fate: 'discarded' }
)

/** A call of the handler that has ended. */
export type DeliveryCall = Extract<Delivery, { readonly fate: 'handled' | 'failed' }>

/** Deliveries of a row, newest first: a chain costs one object each, where a list would cost two. */
export type DeliveryChain = Delivery & {
  earlier: DeliveryChain | undefined
  /** How many come before it. */
  place: number
}

/** Puts a delivery at the end of a chain, and returns it. */
export function follow(delivery: DeliveryChain, earlier: DeliveryChain | undefined): DeliveryChain {
  delivery.earlier = earlier
  delivery.place = earlier === undefined ? 0 : earlier.place + 1
  return delivery
}

/** As they were told. */
export function inOrder(chain: DeliveryChain | undefined): Delivery[] {
  const list: Delivery[] = []
  for (let link = chain; link !== undefined; link = link.earlier) list.push(link)
  return list.toReversed()
}

export function isCall(delivery: Delivery): delivery is DeliveryCall {
  return delivery.fate === 'handled' || delivery.fate === 'failed'
}

/** True when a handler's name fits. */
export function someHandler(chain: DeliveryChain | undefined, fits: (name: string) => boolean): boolean {
  for (let link = chain; link !== undefined; link = link.earlier)
    if (link.handler !== '' && fits(link.handler)) return true
  return false
}

/** The names of the handlers, each once. */
export function handlersOf(deliveries: readonly Delivery[]): readonly string[] {
  return [...new Set(deliveries.map(({ handler }) => handler).filter((name) => name !== ''))]
}
