import { type Bus, type Handler, isBusError, type Policy } from '@heliobus/core'

/** Subscribes; on a closed bus, where nothing comes any more, does nothing. Returns what ends it. */
export function subscribeIfOpen(
  bus: Bus,
  patterns: readonly string[],
  handler: Handler,
  policy: Policy,
): () => void {
  try {
    return bus.subscribe(patterns, handler, policy).unsubscribe
  } catch (error) {
    // A component that outlives the bus, or mounts after it, must not take the page down.
    if (isBusError(error, 'bus-closed')) return () => undefined
    throw error
  }
}
