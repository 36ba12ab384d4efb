import { Observable, Subject } from 'rxjs'
import { type Catalog, nearestTopic } from './catalog.ts'
import { type Clock, systemClock } from './clock.ts'
import type { AnyDefinition } from './definition.ts'
import type { HandlerOutcome } from './delivery.ts'
import { Dispatcher, type Fate, outcomesOf } from './dispatcher.ts'
import { BusError, isBusError } from './errors.ts'
import { type BusEvent, freeze, type PublishOptions, seal } from './event.ts'
import type { Inlet } from './inlet.ts'
import { History } from './history.ts'
import { createIds } from './id.ts'
import { consoleLogger, Log, type Logger } from './logger.ts'
import { compose, type Exits, type Middleware } from './middleware.ts'
import { checkPolicy, type Policy } from './policy.ts'
import type { Match } from './router.ts'
import { acceptsOwnOutput, validate } from './schema.ts'
import type { DropReason, Memory, SignalFacts } from './signal.ts'
import { type BusStats, Stats, type TypeStats } from './stats.ts'
import { type Handler, HandlerSubscription } from './subscription.ts'
import { Tap } from './tap.ts'
import { isInternal } from './topic.ts'
import { TopicSubject } from './topic-subject.ts'
import type { Failure, Outcome } from './transport.ts'

/** What a bus is made of. Every member is optional. */
export interface BusOptions<D extends AnyDefinition = AnyDefinition> {
  /** The events that may be published. Without one every topic is allowed, and no data is checked. */
  readonly catalog?: Catalog<D>
  /** Who publishes, as events show it; also the name of the bus in logs. Default `bus`. */
  readonly source?: string
  /** How many of the newest events are kept. Default 1,000; 0 keeps none. */
  readonly history?: { readonly capacity: number }
  /** What every event passes before its handlers, in this order. */
  readonly middleware?: readonly Middleware[]
  /** Default: errors go to the console. */
  readonly logger?: Logger
  /** Default: the platform's time. */
  readonly clock?: Clock
  /** Makes event ids. Default: UUIDv7. Ids must be unique across all joined buses. */
  readonly newId?: () => string
  /** Freezes events, and warns of schemas that refuse their own output. Costs microseconds an event. Default false. */
  readonly development?: boolean
}

/** What a subscription is asked for with; see `Kernel.attach`. */
export interface Attachment {
  readonly patterns: readonly string[]
  readonly handler: Handler
  readonly policy: Policy
  readonly scope: string
  readonly owner: object
  readonly forwards?: boolean
}

/** What the bus knows of a topic. */
interface Topic {
  /** As its definition spells it. */
  readonly type: string
  readonly definition: AnyDefinition | undefined
  readonly stats: TypeStats
}

/** What became of an event: the answer of `bus.settled`. */
export interface Settlement {
  readonly event: BusEvent
  /** In the order of calling. Handlers whose `where` said no, or that had unsubscribed, are not among them. */
  readonly outcomes: readonly HandlerOutcome[]
}

/** Wires the parts of a bus. Untyped: `createBus` shows it through a catalog. */
export class Kernel implements Inlet {
  /** Unique; made anew with every bus. Tells a bus its own events when they come back over a bridge. */
  readonly id: string = crypto.randomUUID()
  readonly source: string
  readonly catalog: Catalog | undefined
  readonly clock: Clock
  readonly tap: Tap
  readonly log: Log
  readonly #development: boolean
  readonly #newId: (time: number) => string
  readonly #stats = new Stats()
  readonly #history: History<Fate>
  readonly #dispatcher: Dispatcher
  readonly #spine: TopicSubject<BusEvent, HandlerSubscription, Topic>
  readonly #middleware: ((event: BusEvent) => void) | undefined
  readonly #subscriptionsChanged = new Subject<void>()
  readonly #closing = new Subject<void>()
  readonly #warned = new Set<AnyDefinition>()
  #order = 0
  #closed = false
  #droppedByIterators = 0

  constructor(options: BusOptions) {
    const { clock = systemClock, source = 'bus', middleware = [], logger = consoleLogger() } = options
    this.source = source
    this.catalog = options.catalog
    this.clock = clock
    this.tap = new Tap(clock)
    this.log = new Log(logger, source)
    this.#development = options.development ?? false
    this.#newId = options.newId ?? createIds()
    this.#history = new History(checkCapacity(options.history?.capacity ?? 1_000))
    this.#dispatcher = new Dispatcher({ clock, tap: this.tap, log: this.log }, this.#history)
    this.#spine = new TopicSubject(
      (topic) => this.#note(topic),
      (event, match) => this.#dispatcher.enter(event, match.values, match.note.stats),
    )
    this.#middleware = middleware.length === 0 ? undefined : compose(middleware, this.#exits)
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Throws to the publisher, the only one to blame: `bus-closed`, `topic-invalid`, `topic-unknown`, `payload-invalid`, `schema-async`, `key-failed`. */
  publish(
    source: string,
    topic: string,
    data: unknown,
    options?: PublishOptions,
    catalog: Catalog | undefined = this.catalog,
  ): BusEvent {
    try {
      this.refuseIfClosed()
      const match = this.#spine.match(topic)
      const definition = catalog === this.catalog ? match.note.definition : catalog?.get(topic)
      if (definition === undefined) checkUndefined(topic, catalog)
      const value = definition === undefined ? data : validate(definition.data, definition.type, data)
      const time = this.clock.now()
      const type = definition?.type ?? match.note.type
      const event = seal(this.#newId(time), type, source, time, value, definition?.version ?? 1, options)
      const sealed = definition === undefined ? event : this.#complete(event, definition)
      this.#admit(this.#development ? freeze(sealed) : sealed, match)
      return sealed
    } catch (error) {
      if (isBusError(error)) this.tap.tell({ type: 'refused', error })
      throw error
    }
  }

  /** An event that was published elsewhere: checked like one of ours, but it keeps its id, its time and its source. */
  async accept(event: BusEvent, link: string): Promise<Outcome> {
    try {
      this.refuseIfClosed()
      const match = this.#spine.match(event.type)
      const { definition } = match.note
      if (definition === undefined) checkUndefined(event.type, this.catalog)
      const arrived =
        definition === undefined
          ? event
          : { ...event, type: definition.type, data: validate(definition.data, definition.type, event.data) }
      if (this.tap.active) this.tap.tell({ type: 'received', event: arrived, link })
      const fate = this.#dispatcher.expect(arrived.id)
      this.#admit(this.#development ? freeze(arrived) : arrived, match)
      return toOutcome(await outcomesOf((await fate) ?? []))
    } catch (error) {
      if (!isBusError(error)) throw error
      this.tap.tell({ type: 'refused', error, link })
      return { handled: 0, failed: [], refused: error.code }
    }
  }

  /** Throws `bus-closed`, `pattern-invalid`, `option-invalid`. */
  attach({ patterns, handler, policy, scope, owner, forwards = false }: Attachment): HandlerSubscription {
    this.refuseIfClosed()
    checkPolicy(policy)
    if (typeof handler !== 'function')
      throw new BusError('option-invalid', { option: 'handler', reason: 'must be a function' })
    const order = this.#order++
    const release = (ended: HandlerSubscription): void => this.#release(ended)
    const subscription = new HandlerSubscription({
      patterns,
      handler,
      policy,
      scope,
      owner,
      forwards,
      order,
      release,
    })
    this.#spine.add(subscription)
    this.#changed('subscribed', subscription)
    if (policy.signal !== undefined) subscription.endWith(policy.signal)
    return subscription
  }

  /** Ends the oldest subscription of that handler under exactly that pattern; says whether there was one. */
  detach(pattern: string, handler: Handler, owner: object): boolean {
    const candidates = this.#spine.at(pattern).filter((one) => one.handler === handler && one.owner === owner)
    candidates.sort((a, b) => a.order - b.order)
    candidates[0]?.unsubscribe()
    return candidates.length > 0
  }

  forward(name: string, patterns: readonly string[], handler: Handler): HandlerSubscription {
    return this.attach({
      patterns,
      handler,
      policy: { name },
      scope: this.source,
      owner: this,
      forwards: true,
    })
  }

  tell(facts: SignalFacts): void {
    this.tap.tell(facts)
  }

  whenClosed(run: (error: BusError) => void): () => void {
    const listening = this.#closing.subscribe(() => run(new BusError('bus-closed', { bus: this.source })))
    return () => listening.unsubscribe()
  }

  /** In the order in which they would be called. */
  subscriptions(): HandlerSubscription[] {
    return this.#spine.all()
  }

  /** The patterns subscribed to by others than bridges: now, and whenever they change (told once per task). */
  readonly interest$: Observable<readonly string[]> = new Observable((subscriber) => {
    const tell = (): void => subscriber.next(this.#interest())
    let told = true
    tell()
    return this.#subscriptionsChanged.subscribe(() => {
      if (told) queueMicrotask(() => ((told = true), tell()))
      told = false
    })
  })

  /** Newest first; of a scope's catalog only, when one is given. */
  history(pattern: string, limit: number, catalog: Catalog | undefined): BusEvent[] {
    return this.#history.select(
      pattern,
      limit,
      (type) => catalog === undefined || catalog.get(type) !== undefined,
    )
  }

  stats(): BusStats {
    return this.#stats.snapshot(this.clock.now(), {
      history: this.#history.dropped,
      iterators: this.#droppedByIterators,
    })
  }

  /** Waits for the event's handlers. Throws `event-unknown` for one that is neither in flight nor in the history. */
  async settled(event: BusEvent): Promise<Settlement> {
    await undefined // what is being dispatched now is dispatched before this goes on
    const fate = this.#dispatcher.reportOn(event) ?? this.#history.find(event.id)?.fate
    if (fate === undefined) throw new BusError('event-unknown', { id: event.id })
    return { event, outcomes: await outcomesOf(fate) }
  }

  /** Resolves when no handler runs any more; rejects with `drain-timeout` when that takes longer than `timeout` ms. */
  async drain(timeout: number | undefined): Promise<void> {
    const idle = this.#dispatcher.idle()
    if (timeout === undefined) return idle
    let timer: unknown
    const late = new Promise<never>((_, reject) => {
      const details = (): { bus: string; ms: number; inFlight: number } => ({
        bus: this.source,
        ms: timeout,
        inFlight: this.#dispatcher.inFlight,
      })
      timer = this.clock.setTimeout(() => reject(new BusError('drain-timeout', details())), timeout)
    })
    return Promise.race([idle, late]).finally(() => this.clock.clearTimeout(timer))
  }

  /** Publishes nothing more; ends every subscription once what was published is dispatched; waits for what runs. */
  async close(timeout: number | undefined): Promise<void> {
    this.#closed = true
    await undefined // what is being dispatched still reaches its handlers
    this.#closing.next()
    for (const subscription of this.subscriptions()) subscription.unsubscribe()
    await this.drain(timeout).finally(() => this.tap.close())
  }

  refuseIfClosed(): void {
    if (this.#closed) throw new BusError('bus-closed', { bus: this.source })
  }

  iteratorDropped(capacity: number): void {
    if (this.#droppedByIterators++ === 0) this.#overflowed('iterator', capacity)
  }

  #complete(event: BusEvent, definition: AnyDefinition): BusEvent {
    if (this.#development) this.#warnIfUnstable(event, definition)
    if (definition.key === undefined) return event
    try {
      return { ...event, key: definition.key(event) }
    } catch (error) {
      throw new BusError('key-failed', { topic: event.type }, error)
    }
  }

  #warnIfUnstable({ type, data }: BusEvent, definition: AnyDefinition): void {
    if (this.#warned.has(definition) || acceptsOwnOutput(definition.data, data)) return
    this.#warned.add(definition)
    const detail =
      'the schema refuses its own output after a JSON round trip, so the event cannot arrive over a bridge'
    this.tap.tell({ type: 'warning', warning: 'schema-unstable', topic: type, detail })
    this.log.write('warn', () => ({ message: `${type}: ${detail}` }))
  }

  #admit(event: BusEvent, match: Match<HandlerSubscription, Topic>): void {
    if (this.#middleware === undefined) this.#enter(event, match)
    else this.#middleware(event)
  }

  #enter(event: BusEvent, match: Match<HandlerSubscription, Topic>): void {
    match.note.stats.publishedAt(event.time)
    if (this.tap.active) this.tap.tell({ type: 'published', event })
    this.#spine.pass(event, match)
    if (this.#history.dropped === 1) this.#overflowed('history', this.#history.capacity)
  }

  readonly #exits: Exits = {
    arrive: (event) => this.#enter(event, this.#spine.match(event.type)),
    withheld: (event) => this.#drop(event, 'middleware'),
    failed: (event, error) => {
      this.#drop(event, 'middleware-failed', error)
      this.log.write('error', () => ({
        message: `a middleware failed on ${event.type}; the event is dropped`,
        error,
      }))
    },
  }

  #drop(event: BusEvent, reason: DropReason, error?: unknown): void {
    this.tap.tell({ type: 'dropped', event, reason, error })
    this.#dispatcher.giveUp(event.id)
  }

  #note(topic: string): Topic {
    const definition = this.catalog?.get(topic)
    const stats = this.#stats.of(definition?.type ?? topic)
    if (this.#stats.overflow === 1) this.#overflowed('types', 10_000)
    return { type: definition?.type ?? stats.type, definition, stats }
  }

  #release(subscription: HandlerSubscription): void {
    this.#spine.remove(subscription)
    this.#changed('unsubscribed', subscription)
  }

  #changed(type: 'subscribed' | 'unsubscribed', subscription: HandlerSubscription): void {
    if (this.tap.active) this.tap.tell({ type, subscription })
    if (this.#subscriptionsChanged.observed) this.#subscriptionsChanged.next()
    this.log.write('debug', () => ({
      message: `${type} ${subscription.patterns.join(', ')}`,
      handler: subscription.name,
    }))
  }

  #interest(): string[] {
    return [...new Set(this.subscriptions().flatMap((one) => (one.forwards ? [] : one.patterns)))]
  }

  #overflowed(memory: Memory, capacity: number): void {
    this.tap.tell({ type: 'overflow', memory, capacity })
  }
}

function checkCapacity(capacity: number): number {
  if (Number.isInteger(capacity) && capacity >= 0) return capacity
  throw new BusError('option-invalid', {
    option: 'history.capacity',
    reason: `must be a whole number, not ${capacity}`,
  })
}

function checkUndefined(topic: string, catalog: Catalog | undefined): void {
  if (isInternal(topic))
    throw new BusError('topic-invalid', { topic, reason: 'starts with $, which is kept for the bus itself' })
  if (catalog !== undefined)
    throw new BusError('topic-unknown', { topic, nearest: nearestTopic(catalog, topic) })
}

function toOutcome(outcomes: readonly HandlerOutcome[]): Outcome {
  const failed = outcomes.flatMap(({ status, handler, attempts, error }): Failure[] =>
    status === 'failed' ? [{ handler, attempts, error }] : [],
  )
  return { handled: outcomes.length - failed.length, failed }
}
