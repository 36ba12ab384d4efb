import type { BusEvent } from './event.ts'
import type { Policy } from './policy.ts'
import type { Ranked } from './router.ts'

/** Takes an event. A returned promise is awaited for the outcome; anything else that is returned is ignored. */
export type Handler<E extends BusEvent = BusEvent> = {
  handle(event: E, context: HandlerContext): unknown
}['handle']

/** What a handler is told beside the event. Its members survive destructuring. */
export interface HandlerContext {
  /** Aborted when the subscription ends or the bus closes: what still runs can stop. */
  readonly signal: AbortSignal
}

/** A handler under a pattern, until it is unsubscribed. Fits RxJS's `Subscription.add` and `using`. */
export interface Subscription {
  readonly closed: boolean
  /** The handler is not called again, not even for the event being dispatched. Calling it twice is fine. */
  unsubscribe(): void
  [Symbol.dispose](): void
}

/** One subscription as `bus.subscriptions()` and signals show it. */
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

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly patterns: readonly string[]
  readonly handler: Handler
  readonly policy: Policy
  readonly scope: string
  readonly forwards: boolean
  readonly order: number
  /** Whoever ends it together with others: the scope that made it. */
  readonly owner: object
  /** Called once, when the subscription ends. */
  readonly release: (subscription: HandlerSubscription) => void
}

/** The bus's own side of a subscription. */
export class HandlerSubscription implements Subscription, Ranked, SubscriptionInfo {
  readonly patterns: readonly string[]
  readonly scope: string
  readonly forwards: boolean
  readonly priority: number
  readonly order: number
  readonly once: boolean
  readonly where: Policy['where']
  handler: Handler
  closed = false
  failures = 0
  /**
   * Calls that may be made without a further look. 0 when each needs one: it is closed, filtered, asynchronous, a bridge.
   * One number instead of many questions, and the count of calls on top: this is read for every delivery.
   */
  credit = 0
  #needsCare: boolean
  #granted = 0
  #looked = 0
  readonly context: Context = new Context()
  #running = 0
  #idle: (() => void)[] = []
  readonly #name: string | undefined
  readonly #release: (subscription: HandlerSubscription) => void
  readonly owner: object
  #ends: AbortSignal | undefined = undefined

  constructor({ patterns, handler, policy, scope, forwards, order, owner, release }: SubscriptionParts) {
    this.patterns = patterns
    this.handler = handler
    this.scope = scope
    this.forwards = forwards
    this.priority = policy.priority ?? 0
    this.order = order
    this.once = policy.once ?? false
    this.where = policy.where
    this.#needsCare = this.once || forwards || this.where !== undefined
    this.#name = policy.name ?? (handler.name || undefined)
    this.owner = owner
    this.#release = release
  }

  /** Ends the subscription when `signal` is aborted; at once when it already is. */
  endWith(signal: AbortSignal): void {
    if (signal.aborted) this.unsubscribe()
    else {
      this.#ends = signal
      signal.addEventListener('abort', this.unsubscribe)
    }
  }

  get name(): string {
    return this.#name ?? 'anonymous'
  }

  get delivered(): number {
    return this.#looked + this.#granted - this.credit - this.failures - this.#running
  }

  /** A call with a look; `calls` may follow without one. */
  looked(calls: number): void {
    this.#looked += 1 + this.#granted - this.credit
    this.#granted = this.credit = this.#needsCare ? 0 : calls
  }

  #care(): void {
    this.#needsCare = true
    this.#looked += this.#granted - this.credit
    this.#granted = this.credit = 0
  }

  // An own function, so that it can be handed on (`onDestroy(subscription.unsubscribe)`).
  readonly unsubscribe = (): void => {
    if (this.closed) return
    this.closed = true
    this.#care()
    this.#ends?.removeEventListener('abort', this.unsubscribe)
    this.#release(this)
    this.context.end()
    this.handler = gone // remembered match lists may hold this a while; what the handler holds must be free at once
  };

  [Symbol.dispose](): void {
    this.unsubscribe()
  }

  /** A call of the handler goes on after it has returned. */
  began(): void {
    this.#care() // a handler that was asynchronous once is timed from now on
    this.#running++
  }

  ended(): void {
    if (--this.#running > 0) return
    for (const resolve of this.#idle) resolve()
    this.#idle = []
  }

  /** Resolves when no call of the handler is going on. */
  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve))
  }
}

class Context implements HandlerContext {
  #controller: AbortController | undefined = undefined
  #ended = false

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#ended) this.#controller.abort()
    return this.#controller.signal
  }

  end(): void {
    this.#ended = true
    this.#controller?.abort()
  }
}

function gone(): void {}
