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

/** Where a subscription comes from; shared by all of a scope. */
export interface Origin {
  /** The scope's name. */
  readonly source: string
  /** Who ends it together with others. */
  readonly owner: object
  /** Hears when it ends. */
  readonly release: (subscription: HandlerSubscription) => void
}

/** The bus's own side of a subscription. There may be very many, so what few need is kept apart. */
export class HandlerSubscription implements Subscription, Ranked {
  readonly origin: Origin
  readonly policy: Policy
  readonly forwards: boolean
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
  readonly #under: string | readonly string[]
  #needsCare: boolean
  #granted = 0
  #looked = 0
  #rare: Rare | undefined = undefined

  constructor(
    origin: Origin,
    under: string | readonly string[],
    handler: Handler,
    policy: Policy,
    order: number,
    forwards: boolean,
  ) {
    this.origin = origin
    this.#under = under
    this.handler = handler
    this.policy = policy
    this.order = order
    this.forwards = forwards
    this.#needsCare = policy.once === true || policy.where !== undefined || forwards
  }

  get patterns(): readonly string[] {
    return typeof this.#under === 'string' ? [this.#under] : this.#under
  }

  get priority(): number {
    return this.policy.priority ?? 0
  }

  get name(): string {
    return this.policy.name ?? this.#rare?.name ?? (this.handler.name || 'anonymous')
  }

  get delivered(): number {
    return this.#looked + this.#granted - this.credit - this.failures - (this.#rare?.running ?? 0)
  }

  /** What others may see of it. */
  get info(): SubscriptionInfo {
    const rare = this.#rarely()
    return (rare.info ??= infoOf(this))
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

  /** Ends the subscription when `signal` is aborted; at once when it already is. */
  endWith(signal: AbortSignal): void {
    const { unsubscribe } = this
    if (signal.aborted) return unsubscribe()
    signal.addEventListener('abort', unsubscribe)
    this.#rarely().forgetSignal = () => signal.removeEventListener('abort', unsubscribe)
  }

  /** No further call; one that is going on is left in peace. */
  retire(): void {
    if (this.closed) return
    this.closed = true
    this.#care()
    this.#rare?.forgetSignal?.()
    this.origin.release(this)
    if (this.handler.name !== '') this.#rarely().name = this.handler.name
    this.handler = gone // remembered match lists may hold this a while; what the handler holds must be free at once
  }

  /** A call of the handler goes on after it has returned. */
  began(): void {
    this.#care() // a handler that was asynchronous once is timed from now on
    this.#rarely().running++
  }

  ended(): void {
    const rare = this.#rarely()
    if (--rare.running > 0) return
    for (const resolve of rare.idle) resolve()
    rare.idle = []
  }

  /** Resolves when no call of the handler is going on. */
  async idle(): Promise<void> {
    const rare = this.#rarely()
    if (rare.running > 0) await new Promise<void>((resolve) => rare.idle.push(resolve))
  }

  #care(): void {
    this.#needsCare = true
    this.#looked += this.#granted - this.credit
    this.#granted = this.credit = 0
  }

  #rarely(): Rare {
    return (this.#rare ??= {
      running: 0,
      idle: [],
      name: undefined,
      info: undefined,
      forgetSignal: undefined,
    })
  }
}

/** What most subscriptions never need: calls that go on, who waits for them, a signal, a look from outside. */
interface Rare {
  running: number
  idle: (() => void)[]
  name: string | undefined
  info: SubscriptionInfo | undefined
  forgetSignal: (() => void) | undefined
}

function infoOf(subscription: HandlerSubscription): SubscriptionInfo {
  const { name, patterns, priority, origin, forwards } = subscription
  return {
    name,
    patterns,
    priority,
    scope: origin.source,
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
