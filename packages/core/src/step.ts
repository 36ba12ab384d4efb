import type { BusEvent } from './event.ts'
import type { Context } from './handler-context.ts'
import type { TypeStats } from './stats.ts'
import type { HandlerSubscription } from './subscription.ts'

/** An event that waits for its turn. */
export interface Step {
  readonly event: BusEvent
  readonly subscribers: readonly HandlerSubscription[]
  readonly stats: TypeStats
  readonly place: number
  readonly cause: Context | undefined
  /** It comes again, on purpose, to the one subscriber. */
  readonly isReplay: boolean
}
