import type { Observable } from 'rxjs'
import type { Catalog } from './catalog.ts'
import type { AnyDefinition, Draft } from './definition.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Alert } from './alerts.ts'
import type { BusEvent, PublishOptions } from './event.ts'
import type { Checked, EventFor, EventOf, InputOf, TopicOf } from './event-types.ts'
import type { Inlet } from './inlet.ts'
import type { IterateOptions } from './event-iterator.ts'
import type { BusOptions } from './bus-options.ts'
import { Kernel } from './kernel.ts'
import type { Settlement } from './settlement.ts'
import type { Policy } from './policy.ts'
import type { PatternLike } from './pattern-like.ts'
import { Scope } from './scope.ts'
import type { Signal } from './signal.ts'
import type { BusStats } from './stats.ts'
import type { Handler, Subscription } from './handler.ts'
import type { SubscriptionInfo } from './subscription-info.ts'
import type { WaitOptions } from './wait-for.ts'

/**
 * An event bus, typed by its catalog's definitions `D`. Everything here is synchronous unless it answers with a promise.
 * Errors are `BusError`s, told by `isBusError`.
 */
export interface Bus<D extends AnyDefinition = AnyDefinition> {
  /** Who publishes through this bus or scope. */
  readonly source: string
  /** All that happens, as it happens. Free while nobody listens; a listener cannot disturb the bus. */
  readonly tap$: Observable<Signal>
  /** For features such as `bridge`; apps don't need it. */
  readonly inlet: Inlet

  /**
   * Checks the data, seals the event and hands it to its handlers; returns it at once. Handlers start before this
   * returns, unless it is called inside a handler: then the event waits its turn, so that all handlers see one order.
   * Throws only what is the publisher's to mend: `topic-invalid`, `topic-unknown`, `payload-invalid`, `schema-async`,
   * `key-failed`, `bus-closed`.
   */
  publish<T extends TopicOf<D>>(topic: T, data: InputOf<D, T>, options?: PublishOptions): EventOf<D, T>
  /** The same from a definition: `bus.publish(UserCreated({ name: 'Ada' }))`. */
  publish<T extends TopicOf<D>>(draft: Draft<T, InputOf<D, T>>): EventOf<D, T>

  /**
   * Calls `handler` with every event from now on that the pattern lets through. All handlers of a bus are called in one
   * order: higher priority first, then as subscribed. What a handler throws reaches the logger and the tap, nobody else.
   * Throws `pattern-invalid`, `option-invalid`, `bus-closed`.
   */
  subscribe<const P extends PatternLike>(
    pattern: Checked<D, P, P | readonly P[]>,
    handler: Handler<EventFor<D, P>>,
    policy?: Policy<EventFor<D, P>>,
  ): Subscription

  /** Ends the oldest subscription of `handler` under exactly this pattern; says whether there was one. */
  unsubscribe<E extends BusEvent>(pattern: PatternLike, handler: Handler<E>): boolean

  /** The same events as an RxJS Observable; each of its subscribers is a subscription. Completes when the bus closes. */
  observe<const P extends PatternLike>(pattern: Checked<D, P, P | readonly P[]>): Observable<EventFor<D, P>>

  /** The next event that fits. Rejects with `wait-timeout`, `bus-closed`, or the signal's reason. */
  waitFor<const P extends PatternLike>(
    pattern: Checked<D, P>,
    options?: WaitOptions<EventFor<D, P>>,
  ): Promise<EventFor<D, P>>

  /** Events for `for await`. What comes while the loop body runs waits in a bounded queue. */
  iterate<const P extends PatternLike>(
    pattern: Checked<D, P, P | readonly P[]>,
    options?: IterateOptions,
  ): AsyncIterableIterator<EventFor<D, P>>

  /** The newest events that fit, newest first, as far back as `history.capacity` reaches. */
  history<const P extends PatternLike = '**'>(
    pattern?: Checked<D, P>,
    options?: { readonly limit?: number },
  ): EventFor<D, P>[]

  /** What handlers gave up on. */
  readonly deadLetters: DeadLetters

  /** Raised when a threshold is passed; see `BusOptions.alerts`. */
  readonly alerts$: Observable<Alert>

  stats(): BusStats

  /** The subscriptions of this bus or scope, in the order in which they are called. */
  subscriptions(): readonly SubscriptionInfo[]

  /**
   * What each handler made of the event, and each bridge, once all have finished: with a link that acknowledges, once the
   * other side has accepted it. Throws `event-unknown` for an event that is neither in
   * flight nor in the history. A handler that waits here for the event it is handling waits for ever.
   */
  settled(event: BusEvent): Promise<Settlement>

  /** Resolves when no handler runs any more. Rejects with `drain-timeout` when that takes longer than `timeout` ms. */
  drain(options?: { readonly timeout?: number }): Promise<void>

  /**
   * A module's view: publishes as `source`, and `close()` ends what was subscribed through it. With a catalog of its own
   * (a part of the bus's) its wildcards see those events only: a module that knows only its definitions takes a
   * `Bus<ItsDefinitions>`.
   */
  scope(source: string): Bus<D>
  scope<S extends AnyDefinition>(source: string, catalog: Catalog<S>): Bus<S>

  /**
   * A bus: publishes nothing more, lets what was published reach its handlers, aborts their signals, waits for them, and
   * until its recordings have stored what waits and its bridges have sent it, each within 5,000 ms, and left. Rejects with
   * `drain-timeout` when that takes longer than `timeout` ms; closed it is all the same. Call `drain` first to let
   * handlers finish in peace. A scope: the same for its own subscriptions.
   */
  close(options?: { readonly timeout?: number }): Promise<void>
}

/** What every bus is, whatever it speaks: what code takes that works with any. */
export type AnyBus = Pick<
  Bus,
  | 'source'
  | 'tap$'
  | 'inlet'
  | 'deadLetters'
  | 'alerts$'
  | 'stats'
  | 'subscriptions'
  | 'settled'
  | 'drain'
  | 'close'
> & {
  history(pattern?: string, options?: { readonly limit?: number }): BusEvent[]
}

/** The definitions that a bus speaks. */
export type DefinitionsOf<B> = B extends Bus<infer D> ? D : AnyDefinition

/**
 * A bus. With a catalog, topics, data and handlers are typed by it, and data is checked; without one, every topic is
 * allowed and data is `unknown`.
 *
 * @example
 * const bus = createBus({ catalog: defineCatalog(UserCreated), source: 'signup' })
 * bus.subscribe('user.*', (event) => console.log(event.data.name))
 * bus.publish('user.created', { name: 'Ada' })
 */
export function createBus<D extends AnyDefinition = AnyDefinition>(options: BusOptions<D> = {}): Bus<D> {
  const kernel = new Kernel(options)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one cast: untyped inside, typed at the door
  return new Scope(kernel, kernel.source, undefined) as unknown as Bus<D>
}
