import { Observable, Subject } from 'rxjs'
import type { Alert } from './alerts.ts'
import type { Catalog } from './catalog.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Draft } from './definition.ts'
import { BusError } from './errors.ts'
import type { BusEvent, PublishOptions } from './event.ts'
import type { Context } from './handler-context.ts'
import type { Inlet } from './inlet.ts'
import { EventIterator, type IterateOptions } from './event-iterator.ts'
import type { Kernel } from './kernel.ts'
import type { Settlement } from './settlement.ts'
import type { Policy } from './policy.ts'
import type { Publish } from './publish.ts'
import type { Publisher } from './publisher.ts'
import type { Signal } from './signal.ts'
import type { BusStats } from './stats.ts'
import type { Handler, Subscription } from './handler.ts'
import type { HandlerSubscription, Origin } from './subscription.ts'
import type { SubscriptionInfo } from './subscription-info.ts'
import { isList, type PatternLike, type Patterns, toPattern } from './pattern-like.ts'
import { isPattern } from './topic.ts'
import { waitFor, type WaitOptions } from './wait-for.ts'

const noPolicy: Policy = {}

/** A module's view of a bus: its name, its catalog, its subscriptions. The bus itself is the outermost one. */
export class Scope {
  readonly source: string
  readonly #kernel: Kernel
  readonly #publisher: Publisher
  readonly #catalog: Catalog | undefined
  readonly #origin: Origin
  readonly #outer: Scope | undefined
  readonly #inner = new Set<Scope>()
  readonly #closing = new Subject<BusError>()
  #closed: Promise<void> | undefined = undefined

  constructor(kernel: Kernel, source: string, catalog: Catalog | undefined, outer?: Scope) {
    this.#kernel = kernel
    this.#publisher = kernel.publisher
    this.source = source
    this.#catalog = catalog
    this.#origin = kernel.registry.originOf(source, this, (context) => this.#publishFor(context))
    this.#outer = outer
    if (outer !== undefined) outer.#inner.add(this)
  }

  get tap$(): Observable<Signal> {
    return this.#kernel.tap.signals$
  }

  get deadLetters(): DeadLetters {
    return this.#kernel.letters
  }

  get alerts$(): Observable<Alert> {
    return this.#kernel.alerts.alerts$
  }

  get inlet(): Inlet {
    return this.#kernel
  }

  publish(topic: string | Draft, data?: unknown, options?: PublishOptions): BusEvent {
    this.#refuseIfClosed()
    return typeof topic === 'string'
      ? this.#publisher.publish(this.source, topic, data, options)
      : this.#publisher.publish(this.source, topic.type, topic.data, topic.options)
  }

  subscribe(patterns: Patterns, handler: Handler, policy: Policy = noPolicy): Subscription {
    const subscription = this.#attach(patterns, handler, policy)
    this.#kernel.catchUp(subscription)
    return subscription
  }

  unsubscribe(pattern: PatternLike, handler: Handler): boolean {
    return this.#kernel.registry.detach(toPattern(pattern), handler, this)
  }

  observe(patterns: Patterns): Observable<BusEvent> {
    return new Observable((subscriber) => {
      const subscription = this.#attach(patterns, (event) => subscriber.next(event), { name: 'observe' })
      subscriber.add(subscription)
      subscriber.add(this.#whenClosed(() => subscriber.complete()))
    })
  }

  waitFor(pattern: PatternLike, options: WaitOptions = {}): Promise<BusEvent> {
    const place = {
      clock: this.#kernel.clock,
      subscribe: (handler: Handler, policy: Policy) => this.#attach(pattern, handler, policy),
      whenClosed: (run: (error: BusError) => void) => this.#whenClosed(run),
    }
    return waitFor(place, toPattern(pattern), options)
  }

  iterate(patterns: Patterns, options: IterateOptions = {}): AsyncIterableIterator<BusEvent> {
    const place = {
      subscribe: (handler: Handler) => this.#attach(patterns, handler, { name: 'iterate' }),
      whenClosed: (run: () => void) => this.#whenClosed(run),
      dropped: (limit: number) => this.#kernel.iteratorDropped(limit),
    }
    return new EventIterator(place, options)
  }

  history(
    pattern: PatternLike = '**',
    { limit = Number.POSITIVE_INFINITY }: { readonly limit?: number } = {},
  ): BusEvent[] {
    return this.#kernel.history(toPattern(pattern), limit, (type) => this.#sees(type))
  }

  stats(): BusStats {
    return this.#kernel.stats()
  }

  subscriptions(): SubscriptionInfo[] {
    const all = this.#kernel.registry.all()
    const own = this.#outer === undefined ? all : all.filter((one) => this.#owns(one))
    return own.map(({ info }) => info)
  }

  settled(event: BusEvent): Promise<Settlement> {
    return this.#kernel.settled(event)
  }

  drain({ timeout }: { readonly timeout?: number } = {}): Promise<void> {
    return this.#kernel.drain(timeout)
  }

  /** A catalog must be part of the bus's own, if that has one: throws `topic-unknown` or `definition-conflict`. */
  scope(source: string, catalog?: Catalog): Scope {
    this.#refuseIfClosed()
    if (catalog !== undefined) this.#kernel.adopt(catalog)
    return new Scope(this.#kernel, source, catalog ?? this.#catalog, this)
  }

  /** Ends what was subscribed here, and waits for the handlers that run. On the bus itself: closes the bus. */
  close({ timeout }: { readonly timeout?: number } = {}): Promise<void> {
    if (this.#closed !== undefined) return this.#closed
    this.#refuse()
    this.#closed =
      this.#outer === undefined ? this.#closeBus(timeout) : this.#closeScope(this.#outer, timeout)
    return this.#closed
  }

  #closeBus(timeout: number | undefined): Promise<void> {
    this.#kernel.whenClosed((error) => this.#end(error))
    return this.#kernel.close(timeout)
  }

  /** Nothing is published or subscribed here any more. */
  #refuse(): void {
    this.#closed ??= Promise.resolve()
    for (const scope of this.#inner) scope.#refuse()
  }

  async #closeScope(outer: Scope, timeout: number | undefined): Promise<void> {
    await Promise.resolve() // what is being dispatched still reaches its handlers
    outer.#inner.delete(this)
    const own = [...this.#kernel.registry.everyone()].filter((one) => this.#owns(one))
    for (const subscription of own) subscription.unsubscribe()
    this.#end(new BusError('bus-closed', { bus: this.source }))
    await this.#kernel.within(timeout, Promise.all(own.map((subscription) => subscription.idle())))
  }

  #publishFor(context: Context): Publish {
    return (topic: string | Draft, data?: unknown, options?: PublishOptions): BusEvent =>
      this.#kernel.causes.within(context, () => this.publish(topic, data, options))
  }

  #end(error: BusError): void {
    this.#refuse()
    for (const scope of this.#inner) scope.#end(error)
    this.#closing.next(error)
    this.#closing.complete()
  }

  #owns({ origin: { owner } }: HandlerSubscription): boolean {
    for (let scope = owner instanceof Scope ? owner : undefined; scope !== undefined; scope = scope.#outer) {
      if (scope === this) return true
    }
    return false
  }

  #attach(patterns: Patterns, handler: Handler, policy: Policy): HandlerSubscription {
    this.#refuseIfClosed()
    const under = isList(patterns) ? patterns.map(toPattern) : toPattern(patterns)
    return this.#kernel.registry.attach(this.#origin, under, handler, this.#within(under, policy), false)
  }

  /** A wildcard of a scope with a catalog of its own sees that catalog's events only, as its types say. */
  #within(under: string | readonly string[], policy: Policy): Policy {
    if (this.#catalog === undefined || ![under].flat().some(isPattern)) return policy
    const where = policy.where ?? ((): boolean => true)
    return { ...policy, where: (event) => this.#sees(event.type) && where(event) }
  }

  #sees(type: string): boolean {
    return this.#catalog === undefined || this.#catalog.get(type) !== undefined
  }

  #whenClosed(run: (error: BusError) => void): () => void {
    const listening = this.#closing.subscribe(run)
    return () => listening.unsubscribe()
  }

  #refuseIfClosed(): void {
    if (this.#closed !== undefined) throw new BusError('bus-closed', { bus: this.source })
  }
}
