import type { BusEvent, PublishOptions } from '../src/index.ts'

interface Untyped {
  publish(topic: unknown, data?: unknown, options?: PublishOptions): BusEvent
}

/** A bus as plain JavaScript sees it: for what the compiler would refuse. */
export function untyped(bus: { readonly publish: unknown }): Untyped {
  return bus as Untyped
}
