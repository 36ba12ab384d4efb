import { type Observable, Subject } from 'rxjs'
import { type Alert, Alerts } from './alerts.ts'
import type { Surroundings } from './attempts.ts'
import type { BusOptions } from './bus-options.ts'
import type { Catalog } from './catalog.ts'
import { Causes } from './causes.ts'
import type { Clock } from './clock.ts'
import { withDeadline } from './deadline.ts'
import { Dispatcher } from './dispatcher.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Inlet } from './inlet.ts'
import { LetterBox } from './letter-box.ts'
import { Log } from './logger.ts'
import { type Notice, noticeOf } from './notice.ts'
import { Past } from './past.ts'
import type { Policy } from './policy.ts'
import { isPromise } from './promise.ts'
import { Publisher } from './publisher.ts'
import { Registry } from './registry.ts'
import { crossingsOf, outcomesOf } from './fate.ts'
import type { Settlement } from './settlement.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Memory, SignalFacts } from './signal.ts'
import { Slowness } from './slowness.ts'
import { type BusStats, Stats } from './stats.ts'
import type { Handler } from './handler.ts'
import { HandlerSubscription } from './subscription.ts'
import { Tap } from './tap.ts'
import { Definitions, type TopicFacts } from './topic-facts.ts'

/** Wires the parts of a bus. Untyped: `createBus` shows it through a catalog. */
export class Kernel implements Inlet {
  readonly id: string = crypto.randomUUID()
  readonly source: string
  readonly clock: Clock
  readonly tap: Tap
  readonly publisher: Publisher
  readonly registry: Registry
  readonly letters: LetterBox
  readonly alerts: Alerts
  readonly causes: Causes
  readonly #log: Log
  readonly #stats = new Stats((capacity) => this.#overflowed('types', capacity))
  readonly #definitions: Definitions
  readonly #past: Past
  readonly #spine: Dispatcher<TopicFacts>
  /** Collects what the end of the bus must wait for. */
  readonly #closing = new Subject<PromiseLike<unknown>[]>()
  #droppedByIterators = 0

  readonly definitionOf: Inlet['definitionOf'] = (topic) => this.#definitions.get(topic)

  constructor(options: BusOptions) {
    const settings = settingsOf(options)
    const { clock, source, logger } = settings
    this.source = source
    this.clock = clock
    this.tap = new Tap(clock)
    this.#log = new Log(logger, source)
    this.#definitions = new Definitions(options.catalog)
    this.#past = new Past(settings.historyCapacity, (memory, capacity) => this.#overflowed(memory, capacity))
    this.causes = new Causes(options.causes, settings.maxDepth, this.#past.history)
    this.alerts = new Alerts(settings.alerts, clock, (alert) => this.#alert(alert))
    this.letters = this.#makeLetterBox(settings.lettersCapacity)
    this.#spine = this.#makeSpine(settings)
    const parts = { ...settings, spine: this.#spine, tap: this.tap, log: this.#log }
    const { causes, letters } = this
    this.registry = new Registry({ ...parts, bus: source })
    this.publisher = new Publisher({ ...parts, causes, letters, retained: this.#past.retained })
  }

  readonly accept: Inlet['accept'] = (event, link, how = {}) =>
    this.publisher.entrance.accept(event, link, how)
  readonly replay: Inlet['replay'] = (event, from, to) => this.publisher.entrance.replay(event, from, to)
  readonly again: Inlet['again'] = (event, to) => this.publisher.entrance.again(event, (one) => one === to)

  forward(name: string, patterns: readonly string[], handler: Handler): HandlerSubscription {
    const origin = this.registry.originOf(this.source, this, () => () => {
      throw new BusError('bus-closed', { bus: this.source }) // a bridge carries on, it doesn't publish
    })
    const policy: Policy = { name, retry: false, order: 'parallel', replay: false }
    return this.registry.attach(origin, patterns, handler, policy, true)
  }

  tell(facts: SignalFacts, notice: Notice | undefined = noticeOf(facts)): void {
    this.tap.tell(facts)
    if (notice !== undefined) this.#log.write(notice.level, () => notice)
  }

  whenClosed(run: (error: BusError) => unknown): () => void {
    const listening = this.#closing.subscribe((endings) => {
      const ending = run(new BusError('bus-closed', { bus: this.source }))
      if (isPromise(ending)) endings.push(ending)
    })
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
    return this.#past.history.select(pattern, limit, knows)
  }

  stats(): BusStats {
    const dropped = {
      history: this.#past.history.dropped,
      iterators: this.#droppedByIterators,
      deadLetters: this.letters.dropped,
    }
    return this.#stats.snapshot(this.clock.now(), dropped)
  }

  /** Waits for the event's handlers. Throws `event-unknown` for one that is neither in flight nor in the history. */
  async settled(event: BusEvent): Promise<Settlement> {
    await Promise.resolve() // what is being dispatched now is dispatched before this goes on
    const fate = this.#spine.fateInFlight(event) ?? this.#past.history.find(event.id)
    if (fate === undefined) throw new BusError('event-unknown', { id: event.id })
    return { event, outcomes: await outcomesOf(fate), links: await crossingsOf(fate) }
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
    this.publisher.entrance.close()
    this.registry.close()
    await Promise.resolve() // what is being dispatched still reaches its handlers
    const endings: PromiseLike<unknown>[] = []
    this.#closing.next(endings)
    for (const subscription of this.registry.everyone()) subscription.unsubscribe()
    await this.within(timeout, Promise.all([this.#spine.idle(), ...endings])).finally(() => {
      this.letters.close()
      this.alerts.close()
      this.tap.close()
    })
  }

  iteratorDropped(capacity: number): void {
    if (this.#droppedByIterators++ === 0) this.#overflowed('iterator', capacity)
  }

  /** Gives a new subscription what it wants of the past, before anything that is published from now on. */
  catchUp(subscription: HandlerSubscription): void {
    const { replay } = subscription.policy
    if ((replay === undefined || replay === 0) && this.#past.retained.size === 0) return
    const events = this.#past.replayFor(subscription)
    if (events.length > 0) this.#spine.replay(subscription, events)
  }

  #makeSpine({ clock, slowness, strict }: Settings): Dispatcher<TopicFacts> {
    const { tap, causes, alerts, letters } = this
    const log = this.#log
    const around: Surroundings = {
      clock,
      tap,
      log,
      causes,
      slowness: new Slowness(clock, tap, log, slowness),
      slowest: alerts.slowest,
      bury: (task, kind) => letters.bury(task, kind),
      note: (occasion) => alerts.note(occasion),
    }
    const unrouted = strict ? (event: BusEvent) => letters.add(event, 'unrouted', undefined) : undefined
    const noteOn = (topic: string): TopicFacts => this.#definitions.factsOn(topic, this.#stats)
    return new Dispatcher(noteOn, around, this.#past.history, unrouted)
  }

  #makeLetterBox(capacity: number): LetterBox {
    return new LetterBox({
      clock: this.clock,
      tap: this.tap,
      capacity,
      onFull: () => this.#overflowed('dead-letters', capacity),
      onLetter: ({ event, handler, error }) =>
        this.alerts.note({ on: 'dead-letters', event, handler, error }),
      find: (name, event) => this.#spine.named(name, event),
      redeliver: async (event, target) =>
        target instanceof HandlerSubscription ? this.#spine.redeliver(event, target) : undefined,
      reroute: async (letter) => this.#spine.reroute(this.publisher.entrance.fitting(letter)),
    })
  }

  /** Tells an alert to who subscribes to it, as an event of the bus's own. */
  #alert(alert: Alert): void {
    this.tell({ type: 'alert', alert })
    this.publisher.announce(this.source, `$alert.${alert.name}`, alert)
  }

  #overflowed(memory: Memory, capacity: number): void {
    this.tell({ type: 'overflow', memory, capacity })
  }
}
