import type { Alert } from './alerts.ts'
import type { DeadLetter } from './dead-letters.ts'
import type { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { SubscriptionInfo } from './subscription-info.ts'
import type { Cancellation } from './task.ts'

/** One thing that happened on the bus. `at` is epoch milliseconds. */
export type Signal = { readonly at: number } & (
  | { readonly type: 'published'; readonly event: BusEvent }
  | { readonly type: 'received'; readonly event: BusEvent; readonly link: string }
  | {
      readonly type: 'handled'
      readonly event: BusEvent
      readonly subscription: SubscriptionInfo
      readonly ms: number
      readonly attempt: number
    }
  | {
      readonly type: 'failed'
      readonly event: BusEvent
      readonly subscription: SubscriptionInfo
      readonly error: unknown
      readonly ms: number | undefined
      readonly attempt: number
      /** ms until the handler is called again; `undefined`: it has given up. */
      readonly retryIn: number | undefined
    }
  | {
      readonly type: 'cancelled'
      readonly event: BusEvent
      readonly subscription: SubscriptionInfo
      readonly reason: Cancellation
    }
  | { readonly type: 'buried'; readonly letter: DeadLetter }
  | { readonly type: 'redriven'; readonly letter: DeadLetter }
  | { readonly type: 'discarded'; readonly letter: DeadLetter }
  | { readonly type: 'alert'; readonly alert: Alert }
  | {
      readonly type: 'slow'
      readonly subscription: SubscriptionInfo
      readonly ms: number
      /** Nothing else could happen meanwhile. */
      readonly isBlocking: boolean
    }
  | { readonly type: 'unhandled'; readonly event: BusEvent }
  | {
      readonly type: 'dropped'
      readonly event: BusEvent
      readonly reason: DropReason
      readonly error?: unknown
    }
  | { readonly type: 'refused'; readonly error: BusError; readonly link?: string | undefined }
  | { readonly type: 'subscribed'; readonly subscription: SubscriptionInfo }
  | { readonly type: 'unsubscribed'; readonly subscription: SubscriptionInfo }
  | { readonly type: 'overflow'; readonly memory: Memory; readonly capacity: number }
  | { readonly type: 'warning'; readonly warning: Warning; readonly topic: string; readonly detail: string }
  | { readonly type: 'link'; readonly link: string; readonly status: LinkStatus; readonly detail?: unknown }
  | {
      readonly type: 'gap'
      readonly link: string
      readonly reason: string
      readonly missing: number | undefined
    }
  | ({ readonly type: 'log'; readonly log: string } & LogNews)
  | { readonly type: 'closed' }
)

/** What is told of a log; `waiting` events are not stored yet, or not given to the subscription that reads it. */
export type LogNews =
  | {
      readonly status: 'failed'
      readonly error: BusError
      readonly waiting: number
      /** ms until it is tried again; `undefined`: with the next occasion. */
      readonly retryIn: number | undefined
    }
  | { readonly status: 'recovered'; readonly waiting: number }
  /** Retention has removed so many entries. */
  | { readonly status: 'pruned'; readonly removed: number }
  /** So many events have waited for a subscription that reads the log, and were let go: it reads on to get them. */
  | { readonly status: 'behind'; readonly waiting: number }

/**
 * `middleware`: it did not pass the event on. `middleware-failed`: it threw. `echo`, `repeat`, `hops`: a bridge's guards
 * against loops. `outbox`: too many events wait for the other side of a bridge to accept them. `backlog`: too many wait
 * for a log. `unstorable`: the log can't hold it. `unrecorded`: the recording ended before it was stored.
 */
export type DropReason =
  | 'middleware'
  | 'middleware-failed'
  | 'echo'
  | 'repeat'
  | 'hops'
  | 'outbox'
  | 'backlog'
  | 'unstorable'
  | 'unrecorded'

/** The bounded memories. Each signals once, when no place is left; `stats().dropped` counts on. */
export type Memory =
  | 'history'
  | 'types'
  | 'iterator'
  | 'seen-ids'
  | 'outbox'
  | 'dead-letters'
  | 'retained'
  | 'backlog'

/**
 * Signalled in development only, once per topic; `payload-secret` once per path. `consumer-group` comes over the tap of another
 * process alone, as often as something is amiss in a group there; its topic is the group.
 */
export type Warning =
  | 'schema-unstable'
  | 'payload-large'
  | 'payload-secret'
  | 'subscriptions-many'
  | 'consumer-group'

export type LinkStatus = 'connecting' | 'open' | 'lost' | 'closed'

/** A signal before the bus has stamped it. */
export type SignalFacts = Signal extends infer S ? (S extends unknown ? Omit<S, 'at'> : never) : never
