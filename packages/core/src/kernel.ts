import { type Observable, Subject } from 'rxjs'
import type { Catalog } from './catalog.ts'
import type { BusOptions } from './bus-options.ts'
import { type Clock, systemClock } from './clock.ts'
import { withDeadline } from './deadline.ts'
import type { HandlerOutcome } from './delivery.ts'
import { Dispatcher, type Fate, outcomesOf } from './dispatcher.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { History } from './history.ts'
import { createIds } from './id.ts'
import type { Inlet } from './inlet.ts'
import { consoleLogger, Log } from './logger.ts'
import { Publisher } from './publisher.ts'
import { Registry } from './registry.ts'
import type { Memory, SignalFacts } from './signal.ts'
import { type BusStats, Stats } from './stats.ts'
import type { Handler, HandlerSubscription } from './subscription.ts'
import { Tap } from './tap.ts'
import { Definitions, type TopicFacts } from './topic-facts.ts'
import type { Outcome } from './transport.ts'

const MOST_HISTORY = 2 ** 24

/** What became of an event: the answer of `bus.settled`. */
export interface Settlement {
  readonly event: BusEvent
  /** In the order of calling. Handlers whose `where` said no, or that had unsubscribed, are not among them. */
  readonly outcomes: readonly HandlerOutcome[]
}

/** Wires the parts of a bus. Untyped: `createBus` shows it through a catalog. */
export class Kernel implements Inlet {
  readonly id: string = crypto.randomUUID()
  readonly source: string
  readonly clock: Clock
  readonly tap: Tap
  readonly publisher: Publisher
  readonly registry: Registry
  readonly #log: Log
  readonly #stats = new Stats((capacity) => this.#overflowed('types', capacity))
  readonly #definitions: Definitions
  readonly #history: History<Fate>
  readonly #spine: Dispatcher<TopicFacts>
  readonly #closing = new Subject<void>()
  #closed = false
  #droppedByIterators = 0

  constructor(options: BusOptions) {
    const { clock = systemClock, source = 'bus', logger = consoleLogger() } = options
    const { newId = createIds(), middleware = [], development = false } = options
    const capacity = checkCapacity(options.history?.capacity ?? 1_000)
    const tap = new Tap(clock)
    const log = new Log(logger, source)
    const definitions = new Definitions(options.catalog)
    const history = new History<Fate>(capacity, () => this.#overflowed('history', capacity))
    const spine = new Dispatcher(
      (topic) => definitions.factsOn(topic, this.#stats),
      { clock, tap, log },
      history,
    )
    this.source = source
    this.registry = new Registry(spine, tap, log, source)
    this.clock = clock
    this.tap = tap
    this.#log = log
    this.#definitions = definitions
    this.#history = history
    this.#spine = spine
    this.publisher = new Publisher({ clock, tap, log, newId, spine, middleware, development })
  }

  async accept(event: BusEvent, link: string): Promise<Outcome> {
    if (!this.#closed) return this.publisher.accept(event, link)
    this.publisher.refuse(new BusError('bus-closed', { bus: this.source }), link)
    return { handled: 0, failed: [], refused: 'bus-closed' }
  }

  forward(name: string, patterns: readonly string[], handler: Handler): HandlerSubscription {
    return this.registry.attach(this.registry.originOf(this.source, this), patterns, handler, { name }, true)
  }

  tell(facts: SignalFacts): void {
    this.tap.tell(facts)
    if (facts.type === 'overflow') this.#warnOfOverflow(facts)
  }

  whenClosed(run: (error: BusError) => void): () => void {
    const listening = this.#closing.subscribe(() => run(new BusError('bus-closed', { bus: this.source })))
    return () => listening.unsubscribe()
  }

  get interest$(): Observable<readonly string[]> {
    return this.registry.interest$
  }

  /** Takes the definitions of a scope's catalog. Throws `topic-unknown`, `definition-conflict`. */
  adopt(catalog: Catalog): void {
    this.#definitions.adopt(catalog)
    this.#spine.forget()
  }

  /** Newest first; only of types that `knows` says yes to. */
  history(pattern: string, limit: number, knows: (type: string) => boolean): BusEvent[] {
    return this.#history.select(pattern, limit, knows)
  }

  stats(): BusStats {
    const dropped = { history: this.#history.dropped, iterators: this.#droppedByIterators }
    return this.#stats.snapshot(this.clock.now(), dropped)
  }

  /** Waits for the event's handlers. Throws `event-unknown` for one that is neither in flight nor in the history. */
  async settled(event: BusEvent): Promise<Settlement> {
    await Promise.resolve() // what is being dispatched now is dispatched before this goes on
    const fate = this.#spine.reportOn(event) ?? this.#history.find(event.id)
    if (fate === undefined) throw new BusError('event-unknown', { id: event.id })
    return { event, outcomes: await outcomesOf(fate) }
  }

  /** Resolves when no handler runs any more; rejects with `drain-timeout` when that takes longer than `timeout` ms. */
  drain(timeout: number | undefined): Promise<void> {
    return this.within(timeout, this.#spine.idle())
  }

  /** The same for other work. */
  async within(timeout: number | undefined, work: Promise<unknown>): Promise<void> {
    await withDeadline(work, this.clock, timeout, (ms) => {
      return new BusError('drain-timeout', { bus: this.source, ms, inFlight: this.#spine.inFlight })
    })
  }

  /** Subscribes nothing more; ends every subscription once what was published is dispatched; waits for what runs. */
  async close(timeout: number | undefined): Promise<void> {
    this.#closed = true
    this.registry.close()
    await Promise.resolve() // what is being dispatched still reaches its handlers
    this.#closing.next()
    for (const subscription of this.registry.everyone()) subscription.unsubscribe()
    await this.drain(timeout).finally(() => this.tap.close())
  }

  iteratorDropped(capacity: number): void {
    if (this.#droppedByIterators++ === 0) this.#overflowed('iterator', capacity)
  }

  #overflowed(memory: Memory, capacity: number): void {
    this.tell({ type: 'overflow', memory, capacity })
  }

  #warnOfOverflow({ memory, capacity }: { readonly memory: Memory; readonly capacity: number }): void {
    // A history is meant to run over.
    const level = memory === 'history' ? 'debug' : 'warn'
    this.#log.write(level, () => ({
      message: `${memory}: more than ${capacity}; what has no place is dropped and counted`,
    }))
  }
}

function checkCapacity(capacity: number): number {
  if (Number.isInteger(capacity) && capacity >= 0 && capacity <= MOST_HISTORY) return capacity
  const reason = `must be a whole number up to ${MOST_HISTORY}, not ${capacity}`
  throw new BusError('option-invalid', { option: 'history.capacity', reason })
}
