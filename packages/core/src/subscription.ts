import type { Causes } from './causes.ts'
import { BusError } from './errors.ts'
import type { Handler, Subscription } from './handler.ts'
import type { Caller } from './handler-context.ts'
import { mayEndCalls, type Policy, type Terms, termsOf } from './policy.ts'
import type { Ranked } from './router.ts'
import { nothingRare, type Rare } from './rare.ts'
import { SharedContext } from './shared-context.ts'
import { infoOf, type SubscriptionInfo } from './subscription-info.ts'
import type { Subscriber, Task } from './task.ts'
import type { Workload } from './workload.ts'

/** Where a subscription comes from; shared by all of a scope. */
export interface Origin {
  /** The scope's name. */
  readonly source: string
  /** Who ends it together with others. */
  readonly owner: object
  /** Hears when it ends. */
  readonly release: (subscription: HandlerSubscription) => void
  /** Publishes on behalf of a call. */
  readonly publishFor: Caller['origin']['publishFor']
}

/** The bus's own side of a subscription. There may be very many, so what few need is kept apart. */
export class HandlerSubscription implements Subscription, Subscriber, Ranked {
  readonly origin: Origin
  readonly policy: Policy
  readonly forwards: boolean
  readonly order: number
  handler: Handler
  /** Takes no further event. */
  closed = false
  failures = 0
  /**
   * Calls that may be made without a further look. 0 when each needs one: it is closed, filtered, asynchronous, a bridge.
   * One number instead of many questions, and the count of calls on top: this is read for every delivery.
   */
  credit = 0
  /** What it has not finished with; made when there is something. */
  work: Workload | undefined = undefined
  /** For a handler that declares no context; made with the first call, before which there is no credit. */
  shared: SharedContext | undefined = undefined
  /** Where it was made: a stack trace, when the bus keeps them. */
  madeAt: string | undefined = undefined
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
    this.#needsCare = policy.once === true || policy.where !== undefined || forwards || mayEndCalls(policy)
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

  get terms(): Terms {
    return (this.#rarely().terms ??= termsOf(this.policy))
  }

  get delivered(): number {
    return this.#looked + this.#granted - this.credit - this.#lost - this.pending
  }

  get buried(): number {
    return this.#rare?.buried ?? 0
  }

  get pending(): number {
    return this.work?.size ?? 0
  }

  /** What others may see of it. */
  get info(): SubscriptionInfo {
    const rare = this.#rarely()
    return (rare.info ??= infoOf(this))
  }

  /** True after `unsubscribe`: nothing is retried any more. */
  get ended(): boolean {
    return this.#rare?.ended ?? false
  }

  /** Aborted when the subscription ends. Made for who asks. */
  get signal(): AbortSignal {
    const rare = this.#rarely()
    rare.controller ??= new AbortController()
    if (rare.ended) rare.controller.abort(endOf(this))
    return rare.controller.signal
  }

  /** A call with a look; `calls` may follow without one, as long as nothing is left to be done. */
  looked(calls: number): void {
    this.#looked += 1 + this.#granted - this.credit
    this.#granted = this.credit = this.#needsCare || this.pending > 0 ? 0 : calls
  }

  /** A handler with one parameter hardly asks for its context: one for all of its calls will do. */
  share(causes: Causes): void {
    if (!this.#needsCare && this.handler.length === 1) this.shared ??= new SharedContext(this, causes)
  }

  /** A function of its own, so that it can be handed on: `onDestroy(subscription.unsubscribe)`. */
  get unsubscribe(): () => void {
    return () => this.#end()
  }

  [Symbol.dispose](): void {
    this.#end()
  }

  /** Ends the subscription when `signal` is aborted; at once when it already is. */
  endWith(signal: AbortSignal): void {
    const { unsubscribe } = this
    if (signal.aborted) return unsubscribe()
    signal.addEventListener('abort', unsubscribe)
    this.#rarely().forgetSignal = () => signal.removeEventListener('abort', unsubscribe)
  }

  /** No further event; what it has not finished with goes on. */
  retire(): void {
    if (this.closed) return
    this.closed = true
    this.care()
    this.#rare?.forgetSignal?.()
    this.origin.release(this)
    if (this.handler.name !== '') this.#rarely().name = this.handler.name
    this.handler = gone // remembered match lists may hold this a while; what the handler holds must be free at once
  }

  /** A task is done. */
  finished(task: Task): void {
    const { status } = task.ending!
    if (status !== 'handled') this.#rarely().lost++
    if (status === 'failed') this.#rarely().buried++
    this.work!.finish(task)
  }

  /** Every event needs a look from now on. */
  care(): void {
    this.#needsCare = true
    this.pause()
  }

  /** The next event needs a look. */
  pause(): void {
    this.#looked += this.#granted - this.credit
    this.#granted = this.credit = 0
  }

  /** Resolves when it has finished with everything. */
  async idle(): Promise<void> {
    await this.work?.idle()
  }

  #end(): void {
    this.retire()
    const rare = this.#rarely()
    if (rare.ended) return
    rare.ended = true
    rare.controller?.abort(endOf(this))
    this.work?.end()
  }

  get #lost(): number {
    return this.#rare?.lost ?? 0
  }

  #rarely(): Rare {
    return (this.#rare ??= nothingRare())
  }
}

function endOf({ name }: HandlerSubscription): BusError {
  return new BusError('call-cancelled', { handler: name, reason: 'unsubscribed' })
}

function gone(): void {}
