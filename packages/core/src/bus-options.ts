import type { Catalog } from './catalog.ts'
import type { Clock } from './clock.ts'
import type { AnyDefinition } from './definition.ts'
import type { Logger } from './logger.ts'
import type { Middleware } from './middleware.ts'

/** What a bus is made of. Every member is optional. */
export interface BusOptions<D extends AnyDefinition = AnyDefinition> {
  /** The events that may be published. Without one every topic is allowed, and no data is checked. */
  readonly catalog?: Catalog<D>
  /** Who publishes, as events show it; also the name of the bus in logs. Default `bus`. */
  readonly source?: string
  /** How many of the newest events are kept. Default 1,000; 0 keeps none; at most 16,777,216. */
  readonly history?: { readonly capacity: number }
  /** What every event passes before its handlers, in this order. */
  readonly middleware?: readonly Middleware[]
  /** Default: errors go to the console. */
  readonly logger?: Logger
  /** Default: the platform's time. */
  readonly clock?: Clock
  /** Makes event ids. Default: UUIDv7. Ids must be unique across all joined buses. */
  readonly newId?: () => string
  /** Freezes events, and warns of schemas that refuse their own output. Costs microseconds an event. Default false. */
  readonly development?: boolean
}
