import type { ChainLink } from './chain.ts'
import type { BusEvent } from './event.ts'
import type { Fifo } from './fifo.ts'
import type { Handler } from './handler.ts'
import type { Caller, Context } from './handler-context.ts'
import type { Terms } from './policy.ts'
import type { TypeStats } from './stats.ts'
import type { SubscriptionInfo } from './subscription-info.ts'

/** One call that failed. */
export interface FailedAttempt {
  /** 1 is the first. */
  readonly attempt: number
  /** When it had failed, epoch ms. */
  readonly at: number
  /** How long it took, in ms; `undefined` when it was not timed. */
  readonly ms: number | undefined
  /** What it threw or rejected with. */
  readonly error: unknown
}

/** Why a handler was not called, or not again, though it didn't give up on the event. */
export type Cancellation = 'unsubscribed' | 'superseded' | 'exhausted'

/** What became of one event at one handler. */
export interface HandlerOutcome {
  readonly handler: string
  readonly patterns: readonly string[]
  /** `failed`: given up, and now a dead letter. `cancelled`: see `reason`. */
  readonly status: 'handled' | 'failed' | 'cancelled'
  /** How often the handler was called with the event. */
  readonly attempts: number
  /** How long the last call took, for an asynchronous handler or one that failed. */
  readonly ms: number | undefined
  /** What the last call threw or rejected with. */
  readonly error?: unknown
  readonly reason?: Cancellation
}

/** A subscription, as far as its tasks go. */
export interface Subscriber extends Caller {
  readonly patterns: readonly string[]
  readonly forwards: boolean
  /** Takes no further event. */
  readonly closed: boolean
  readonly terms: Terms
  readonly info: SubscriptionInfo
  /** Nothing is retried any more. */
  readonly ended: boolean
  failures: number
  finished(task: Task): void
}

/** Where a task rests until it is called again. */
export interface RestingPlace {
  rest(task: Task): void
  wake(task: Task): void
}

/** Hears when a task is done. */
export interface TaskOwner {
  settled(task: Task): void
}

/** `new`: nobody has seen it yet. `waiting` in its lane, `ready` but too many are at work, `asleep` until its retry. */
export type TaskState = 'new' | 'waiting' | 'ready' | 'working' | 'asleep' | 'done'

/**
 * One event at one handler that did not simply succeed at once: it waits, is at work, sleeps until its retry, or is done
 * and has its outcome.
 */
export class Task implements ChainLink<Task> {
  readonly event: BusEvent
  readonly subscription: Subscriber
  readonly stats: TypeStats
  /** Kept here: a subscription that ends lets go of its handler, and one for a single event still retries that. */
  readonly handler: Handler
  readonly cause: Context | undefined
  readonly isReplay: boolean
  state: TaskState = 'new'
  /** How often the handler was called. */
  attempt = 0
  failures: FailedAttempt[] | undefined = undefined
  outcome: HandlerOutcome | undefined = undefined
  /** The call that is going on; another one, or none, once it was given up. */
  context: Context | undefined = undefined
  /** Of the call's end, or of the next call. */
  timer: unknown = undefined
  started: number | undefined = undefined
  owner: TaskOwner | undefined = undefined
  lanes: RestingPlace | undefined = undefined
  /** Those of its key that wait until it is done. */
  queue: Fifo<Task> | undefined = undefined
  /** How many of them still do. */
  behind = 0
  before: Task | undefined = undefined
  after: Task | undefined = undefined

  constructor(
    event: BusEvent,
    subscription: Subscriber,
    handler: Handler,
    stats: TypeStats,
    cause: Context | undefined,
    isReplay: boolean,
  ) {
    this.event = event
    this.subscription = subscription
    this.stats = stats
    this.handler = handler
    this.cause = cause
    this.isReplay = isReplay
  }
}

/** The outcome of a delivery that simply succeeded at once. */
export function handledAtOnce({ name, patterns }: Pick<Subscriber, 'name' | 'patterns'>): HandlerOutcome {
  return { handler: name, patterns, status: 'handled', attempts: 1, ms: undefined }
}
