import type { AlertRule } from './alerts.ts'
import type { Catalog } from './catalog.ts'
import type { CauseStore } from './causes.ts'
import type { Clock } from './clock.ts'
import type { AnyDefinition } from './definition.ts'
import type { Logger } from './logger.ts'
import type { Middleware } from './middleware.ts'
import type { SlownessOptions } from './slowness.ts'

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
  /** How many dead letters are kept. Default 1,000. */
  readonly deadLetters?: { readonly capacity: number }
  /** Events that no handler takes become dead letters. Default false. */
  readonly strict?: boolean
  /** When to raise an alert. Default: ten dead letters within a minute. */
  readonly alerts?: readonly AlertRule[]
  /** From how long on handlers are named as slow, or as blocking. */
  readonly slowness?: SlownessOptions
  /** Events that cause each other, deeper than this, are taken for a loop. Default 100. */
  readonly maxDepth?: number
  /**
   * Lets `bus.publish` know its cause also after an `await`: `new AsyncLocalStorage()` in Node. Without one that is what
   * `context.publish` is for. Costs each handler about a microsecond.
   */
  readonly causes?: CauseStore
  /** From how many characters of JSON on a payload is named as large, in development. Default 65,536. */
  readonly largePayload?: number
  /** Keeps where each subscription was made, for `bus.subscriptions()`. Costs microseconds each. Default false. */
  readonly keepStacks?: boolean
  /** Freezes events, and warns of schemas that refuse their own output. Costs microseconds an event. Default false. */
  readonly development?: boolean
}
