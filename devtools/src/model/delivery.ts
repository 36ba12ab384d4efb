/** What one handler made of an event. */
export interface Delivery {
  readonly handler: string
  /** How long it took, in ms; `undefined` when it was not timed. */
  readonly ms: number | undefined
  readonly failed: boolean
  /** What it threw, by reference; `undefined` unless it failed. */
  readonly error: unknown
}

/** Deliveries of a row, newest first: a chain costs one object each, where a list would cost two. */
export interface DeliveryChain extends Delivery {
  readonly earlier: DeliveryChain | undefined
}

/** In the order in which they finished. */
export function inOrder(chain: DeliveryChain | undefined): Delivery[] {
  const list: Delivery[] = []
  for (let link = chain; link !== undefined; link = link.earlier) list.push(link)
  return list.toReversed()
}

/** True when a handler's name fits. */
export function someHandler(chain: DeliveryChain | undefined, fits: (name: string) => boolean): boolean {
  for (let link = chain; link !== undefined; link = link.earlier) if (fits(link.handler)) return true
  return false
}
