import { deliveryOf, endingOf } from './deliveries.ts'
import type { BusEvent } from './event.ts'
import type { Publish } from './publish.ts'
import { whenAborted } from './when-aborted.ts'

/** What a handler is told beside the event. Its members survive destructuring. */
export interface HandlerContext {
  /** 1 for the first call with this event, 2 for the first retry. */
  readonly attempt: number
  /** True for an event that comes again on purpose: from the history, a log, a dead letter, a transport that redelivers. */
  readonly isReplay: boolean
  /**
   * Aborted when the subscription ends, the bus closes, or the call is given up: by timeout, for a later event, or because
   * a durable transport has lost the right to deliver the event.
   */
  readonly signal: AbortSignal
  /**
   * For an event that a durable transport delivers: rises with every owner of its key. What others write with a lower one
   * than they have seen comes from an owner of the past, and is to be refused.
   */
  readonly fence: number | undefined
  /** Publishes as the subscription's scope, caused by this event: also after an `await`, where `bus.publish` can't know. */
  readonly publish: Publish
}

/** Whose handler is called. */
export interface Caller {
  readonly name: string
  /** Aborted when the subscription ends. */
  readonly signal: AbortSignal
  readonly origin: { readonly publishFor: (context: Context) => Publish }
}

/** One call of a handler: what the handler is told, and what an event that it publishes remembers as its cause. */
export class Context implements HandlerContext {
  readonly subscription: Caller
  readonly event: BusEvent
  /** The call in which the event was published; `undefined` for one that nobody here caused. */
  readonly cause: Context | undefined
  /** Absent for the common call: the first, with no end of its own. */
  readonly call: Call | undefined

  constructor(subscription: Caller, event: BusEvent, cause: Context | undefined, call: Call | undefined) {
    this.subscription = subscription
    this.event = event
    this.cause = cause
    this.call = call
  }

  get attempt(): number {
    return this.call?.attempt ?? 1
  }

  get isReplay(): boolean {
    return this.call?.isReplay === true || deliveryOf(this.event)?.redelivered === true
  }

  get signal(): AbortSignal {
    return this.call?.signal ?? endingOf(this.subscription, this.event)
  }

  get fence(): number | undefined {
    return deliveryOf(this.event)?.fence
  }

  get publish(): Publish {
    return this.subscription.origin.publishFor(this)
  }
}

/** What is particular about a call: a retry, a replay, one that may be given up before its subscription ends. */
export class Call {
  readonly attempt: number
  readonly isReplay: boolean
  readonly #around: AbortSignal
  #controller: AbortController | undefined = undefined
  #reason: unknown = undefined
  #forget: (() => void) | undefined = undefined

  /** `around` ends the call too. */
  constructor(attempt: number, isReplay: boolean, around: AbortSignal) {
    this.attempt = attempt
    this.isReplay = isReplay
    this.#around = around
  }

  /** Made only for who asks. */
  get signal(): AbortSignal {
    if (this.#controller !== undefined) return this.#controller.signal
    this.#controller = new AbortController()
    if (this.#reason !== undefined) this.#controller.abort(this.#reason)
    else this.#endWith(this.#around)
    return this.#controller.signal
  }

  /** The first reason counts. */
  abort(reason: unknown): void {
    this.#reason ??= reason
    this.#controller?.abort(this.#reason)
    this.over()
  }

  /** Nothing more can abort it. */
  over(): void {
    this.#forget?.()
    this.#forget = undefined
  }

  #endWith(around: AbortSignal): void {
    if (around.aborted) return this.abort(around.reason)
    this.#forget = whenAborted(around, (reason) => this.abort(reason))
  }
}
