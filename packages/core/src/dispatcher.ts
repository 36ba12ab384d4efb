import {
  Delivery,
  handledAtOnce,
  type HandlerOutcome,
  type OpenDelivery,
  type Surroundings,
} from './delivery.ts'
import type { BusEvent } from './event.ts'
import type { History } from './history.ts'
import type { Match } from './router.ts'
import type { TypeStats } from './stats.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import { TopicSubject } from './topic-subject.ts'

type Subscribers = readonly HandlerSubscription[]

/** What the history remembers beside an event: its handlers, if all succeeded at once, else a report. */
export type Fate = Subscribers | Report

/** Brings events to their handlers, one event at a time, in the order in which they entered. */
export class Dispatcher<N extends { readonly stats: TypeStats }> extends TopicSubject<
  BusEvent,
  HandlerSubscription,
  N
> {
  readonly #delivery: Delivery
  readonly #tap: Tap
  readonly #history: History<Fate>
  readonly #inFlight = new Map<BusEvent, Report>()
  readonly #expected = new Map<string, (fate: Fate | undefined) => void>()
  #waiting: Step[] = []
  #busy = false

  constructor(noteOn: (topic: string) => N, around: Surroundings, history: History<Fate>) {
    super(noteOn)
    this.#delivery = new Delivery(around)
    this.#tap = around.tap
    this.#history = history
  }

  /** Events with handlers that have not finished. */
  get inFlight(): number {
    return this.#inFlight.size
  }

  /** The report of an event with handlers that have not finished. */
  reportOn(event: BusEvent): Report | undefined {
    return this.#inFlight.get(event)
  }

  /** The subscriptions whose handlers have not all finished, those that have ended included. */
  running(): HandlerSubscription[] {
    return [...this.#inFlight.values()].flatMap((report) => report.running)
  }

  /** Ask before the event enters: resolves when it has been dispatched. */
  expect(id: string): Promise<Fate | undefined> {
    return new Promise((resolve) => {
      const earlier = this.#expected.get(id)
      this.#expected.set(id, (fate) => {
        earlier?.(fate)
        resolve(fate)
      })
    })
  }

  /** The event won't enter: whoever expects it gets `undefined`. */
  giveUp(id: string): void {
    this.#resolve(id, undefined)
  }

  /** Resolves when no handler is running any more, those of events published meanwhile included. */
  async idle(): Promise<void> {
    do {
      await Promise.resolve() // what is dispatched now, and what waits for its turn, is dispatched before this goes on
      await Promise.all([...this.#inFlight.values()].flatMap(({ done }) => done ?? []))
    } while (this.#inFlight.size > 0)
  }

  /**
   * The event's handlers are those of this moment, also when it must wait for its turn: who subscribes meanwhile sees
   * later events only. Who unsubscribes meanwhile is not called.
   */
  protected override deliver(event: BusEvent, match: Match<HandlerSubscription, N>): void {
    const subscribers = match.values
    const place = this.#history.push(event, subscribers)
    if (this.#busy) {
      this.#waiting.push({ event, subscribers, stats: match.note.stats, place })
      return
    }
    this.#busy = true
    try {
      this.#dispatch(event, subscribers, match.note.stats, place)
      if (this.#waiting.length > 0) this.#dispatchWaiting()
    } finally {
      this.#busy = false
    }
  }

  #dispatchWaiting(): void {
    while (this.#waiting.length > 0) {
      const steps = this.#waiting
      this.#waiting = []
      for (const { event, subscribers, stats, place } of steps)
        this.#dispatch(event, subscribers, stats, place)
    }
  }

  #dispatch(event: BusEvent, subscribers: Subscribers, stats: TypeStats, place: number): void {
    let report: Report | undefined
    let aside = 0
    const watched = this.#tap.active
    const way = this.#delivery
    const { length } = subscribers
    for (let index = 0; index < length; index++) {
      const subscription = subscribers[index]!
      const delivery = way.deliver(event, subscription, stats, watched)
      if (delivery === undefined) report?.addPlain(subscription)
      else if (delivery === 'forwarded') aside++
      else (report ??= new Report(subscribers, index)).add(delivery)
    }
    if (report !== undefined) this.#conclude(event, report, stats, place)
    else if (length > aside) stats.delivered += length - aside
    else this.#unhandled(event, stats)
    if (this.#expected.size > 0) this.#resolve(event.id, report ?? subscribers)
  }

  #conclude(event: BusEvent, report: Report, stats: TypeStats, place: number): void {
    this.#history.remember(place, event, report)
    stats.delivered += report.handled
    if (!report.hasHandlers) this.#unhandled(event, stats)
    if (report.done === undefined) return
    this.#inFlight.set(event, report)
    void report.done.then(() => this.#inFlight.delete(event))
  }

  #unhandled(event: BusEvent, stats: TypeStats): void {
    stats.unhandled++
    if (this.#tap.active) this.#tap.tell({ type: 'unhandled', event })
  }

  #resolve(id: string, fate: Fate | undefined): void {
    this.#expected.get(id)?.(fate)
    this.#expected.delete(id)
  }
}

/** An event that waits for its turn. */
interface Step {
  readonly event: BusEvent
  readonly subscribers: Subscribers
  readonly stats: TypeStats
  readonly place: number
}

/** The deliveries of one event; made only when one was out of the ordinary. */
export class Report {
  readonly #deliveries: OpenDelivery[] = []
  /** Resolves when all handlers have finished; absent when they finished at once. Never rejects. */
  done: Promise<unknown> | undefined = undefined

  /** Begins with the first `plain` subscribers, which had all succeeded at once. */
  constructor(subscribers: Subscribers, plain: number) {
    for (let index = 0; index < plain; index++) this.addPlain(subscribers[index]!)
  }

  addPlain(subscription: HandlerSubscription): void {
    this.#deliveries.push({ subscription, outcome: handledAtOnce(subscription), running: undefined })
  }

  add(delivery: OpenDelivery | 'skipped'): void {
    if (delivery === 'skipped') return
    this.#deliveries.push(delivery)
    if (delivery.running === undefined) return
    this.done = this.done === undefined ? delivery.running : Promise.all([this.done, delivery.running])
  }

  /** The subscriptions whose handlers have not finished. */
  get running(): readonly HandlerSubscription[] {
    return this.#deliveries.flatMap(({ outcome, subscription }) =>
      outcome === undefined ? [subscription] : [],
    )
  }

  /** True when somebody took the event who does more than carry it on. */
  get hasHandlers(): boolean {
    return this.#deliveries.some(({ subscription }) => !subscription.forwards)
  }

  /** How many handlers have succeeded so far. */
  get handled(): number {
    return this.outcomes.filter(({ status }) => status === 'handled').length
  }

  /** Of the handlers that have finished, in the order of calling. */
  get outcomes(): readonly HandlerOutcome[] {
    return this.#deliveries.flatMap(({ outcome, subscription }) =>
      outcome === undefined || subscription.forwards ? [] : [outcome],
    )
  }
}

/** The outcomes of an event that was dispatched, once all its handlers have finished. */
export async function outcomesOf(fate: Fate): Promise<readonly HandlerOutcome[]> {
  if (!(fate instanceof Report)) return fate.filter(({ forwards }) => !forwards).map(handledAtOnce)
  await fate.done
  return fate.outcomes
}
