import type { BusEvent } from './event.ts'
import { Context, type HandlerContext } from './handler-context.ts'
import type { Policy } from './policy.ts'
import type { Ranked } from './router.ts'

/** Takes an event. A returned promise is awaited for the outcome; anything else that is returned is ignored. */
export type Handler<E extends BusEvent = BusEvent> = {
  handle(event: E, context: HandlerContext): unknown
}['handle']

/** A handler under a pattern, until it is unsubscribed. Fits RxJS's `Subscription.add` and `using`. */
export interface Subscription {
  readonly closed: boolean
  /** The handler is not called again, not even for the event being dispatched. Calling it twice is fine. */
  readonly unsubscribe: () => void
  [Symbol.dispose](): void
}

/** One subscription as `bus.subscriptions()` and signals show it; its counts are live. */
export interface SubscriptionInfo {
  readonly name: string
  readonly patterns: readonly string[]
  readonly priority: number
  /** The scope that subscribed. */
  readonly scope: string
  /** True for a bridge: to carry an event on is not to handle it. */
  readonly forwards: boolean
  readonly delivered: number
  readonly failures: number
}

/** What a subscription is made of. There may be very many: what can be told from these is not stored again. */
export interface SubscriptionParts {
  readonly patterns: readonly string[]
  readonly handler: Handler
  readonly policy: Policy
  /** Who ends it together with others: the scope that made it. */
  readonly owner: { readonly source: string }
  readonly forwards: boolean
  readonly order: number
  /** Hears when it ends. */
  readonly home: { release(subscription: HandlerSubscription): void }
}

/** The bus's own side of a subscription. */
export class HandlerSubscription implements Subscription, Ranked {
  readonly patterns: readonly string[]
  readonly policy: Policy
  readonly owner: SubscriptionParts['owner']
  readonly forwards: boolean
  readonly priority: number
  readonly order: number
  handler: Handler
  closed = false
  failures = 0
  /**
   * Calls that may be made without a further look. 0 when each needs one: it is closed, filtered, asynchronous, a bridge.
   * One number instead of many questions, and the count of calls on top: this is read for every delivery.
   */
  credit = 0
  /** Made with the first call, before which there is no credit. */
  context: Context | undefined = undefined
  readonly #home: SubscriptionParts['home']
  #name: string | undefined
  #needsCare: boolean
  #granted = 0
  #looked = 0
  #running = 0
  #idle: (() => void)[] | undefined = undefined
  #forgetSignal: (() => void) | undefined = undefined
  #info: SubscriptionInfo | undefined = undefined

  constructor({ patterns, handler, policy, owner, forwards, order, home }: SubscriptionParts) {
    this.patterns = patterns
    this.handler = handler
    this.policy = policy
    this.owner = owner
    this.forwards = forwards
    this.priority = policy.priority ?? 0
    this.order = order
    this.#home = home
    this.#name = policy.name
    this.#needsCare = policy.once === true || policy.where !== undefined || forwards
  }

  /** Ends the subscription when `signal` is aborted; at once when it already is. */
  endWith(signal: AbortSignal): void {
    const { unsubscribe } = this
    if (signal.aborted) return unsubscribe()
    signal.addEventListener('abort', unsubscribe)
    this.#forgetSignal = () => signal.removeEventListener('abort', unsubscribe)
  }

  get name(): string {
    return this.#name ?? (this.handler.name || 'anonymous')
  }

  get delivered(): number {
    return this.#looked + this.#granted - this.credit - this.failures - this.#running
  }

  /** What others may see of it. */
  get info(): SubscriptionInfo {
    return (this.#info ??= infoOf(this))
  }

  /** A call with a look; `calls` may follow without one. */
  looked(calls: number): Context {
    this.#looked += 1 + this.#granted - this.credit
    this.#granted = this.credit = this.#needsCare ? 0 : calls
    return (this.context ??= new Context())
  }

  /** A function of its own, so that it can be handed on: `onDestroy(subscription.unsubscribe)`. */
  get unsubscribe(): () => void {
    return () => {
      this.retire()
      this.context?.end()
    }
  }

  [Symbol.dispose](): void {
    this.unsubscribe()
  }

  /** No further call; one that is going on is left in peace. */
  retire(): void {
    if (this.closed) return
    this.closed = true
    this.#care()
    this.#forgetSignal?.()
    this.#home.release(this)
    this.#name ??= this.handler.name
    this.handler = gone // remembered match lists may hold this a while; what the handler holds must be free at once
  }

  /** A call of the handler goes on after it has returned. */
  began(): void {
    this.#care() // a handler that was asynchronous once is timed from now on
    this.#running++
  }

  ended(): void {
    if (--this.#running > 0) return
    for (const resolve of this.#idle ?? []) resolve()
    this.#idle = undefined
  }

  /** Resolves when no call of the handler is going on. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#idle ??= []).push(resolve))
  }

  #care(): void {
    this.#needsCare = true
    this.#looked += this.#granted - this.credit
    this.#granted = this.credit = 0
  }
}

function infoOf(subscription: HandlerSubscription): SubscriptionInfo {
  const { name, patterns, priority, owner, forwards } = subscription
  return {
    name,
    patterns,
    priority,
    scope: owner.source,
    forwards,
    get delivered() {
      return subscription.delivered
    },
    get failures() {
      return subscription.failures
    },
  }
}

function gone(): void {}
