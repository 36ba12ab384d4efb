import type { BusEvent, PublishOptions } from '@heliobus/core'

/** Publishes what follows from `event`, and says so in its options. */
export function answer(event: BusEvent, publish: (options: PublishOptions) => unknown): void {
  // Every tab runs every module: only the one where the cause was published answers, or each tab would.
  if (event.hops > 0) return
  publish({ userId: event.userId, correlationId: event.correlationId, causationId: event.id })
}
