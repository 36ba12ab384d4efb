import type { ChainLink } from './chain.ts'
import type { BusEvent } from './event.ts'
import type { Handler } from './handler.ts'
import type { Caller, Context } from './handler-context.ts'
import type { Lane } from './lane.ts'
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

/** One handler's part in what becomes of an event: its subscription, when it succeeded at once; else its task. */
export type Part = Subscriber | Task

/** What becomes of an event, in the order of calling. */
export type Fate = readonly Part[]

/** How a task ended. */
export type Ending = Pick<HandlerOutcome, 'status' | 'ms' | 'error' | 'reason'>

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
  /** `undefined` until it is done. */
  ending: Ending | undefined = undefined
  /** The call that is going on; another one, or none, once it was given up. */
  context: Context | undefined = undefined
  /** Of the call's end, or of the next call. */
  timer: unknown = undefined
  started: number | undefined = undefined
  /** What becomes of the event at all of its handlers. */
  fate: Fate | undefined = undefined
  lanes: RestingPlace | undefined = undefined
  /** Where the others of its key wait for it, or it for them. */
  lane: Lane<Task> | undefined = undefined
  before: Task | undefined = undefined
  after: Task | undefined = undefined
  #waiting: (() => void)[] | undefined = undefined

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

  /** Made for who asks: most events are handled, and nobody asks how. */
  get outcome(): HandlerOutcome | undefined {
    if (this.ending === undefined) return undefined
    const { name, patterns } = this.subscription
    return { handler: name, patterns, attempts: this.attempt, ...this.ending }
  }

  /** Resolves when it has ended. */
  async done(): Promise<void> {
    if (this.ending === undefined) await new Promise<void>((resolve) => (this.#waiting ??= []).push(resolve))
  }

  /** It has ended: whoever waits hears of it. */
  tell(): void {
    if (this.#waiting === undefined) return
    for (const resolve of this.#waiting) resolve()
    this.#waiting = undefined
  }
}
