import {
  deliver,
  handledAtOnce,
  type HandlerOutcome,
  type OpenDelivery,
  type Surroundings,
} from './delivery.ts'
import type { BusEvent } from './event.ts'
import type { History } from './history.ts'
import type { TypeStats } from './stats.ts'
import type { HandlerSubscription } from './subscription.ts'

export type Subscribers = readonly HandlerSubscription[]

/** What the history remembers beside an event: its handlers, if all succeeded at once, else a report. */
export type Fate = Subscribers | Report

/** Brings events to their handlers, one event at a time, in the order in which they entered. */
export class Dispatcher {
  readonly #around: Surroundings
  readonly #history: History<Fate>
  readonly #inFlight = new Map<BusEvent, Report>()
  readonly #expected = new Map<string, (fate: Fate | undefined) => void>()
  #waiting: Step[] = []
  #busy = false

  constructor(around: Surroundings, history: History<Fate>) {
    this.#around = around
    this.#history = history
  }

  /**
   * `subscribers` are those of this moment, also when the event must wait for its turn: who subscribes meanwhile sees
   * later events only. Who unsubscribes meanwhile is not called.
   */
  enter(event: BusEvent, subscribers: Subscribers, stats: TypeStats): void {
    const place = this.#history.push(event)
    if (this.#busy) {
      this.#waiting.push({ event, subscribers, stats, place })
      return
    }
    this.#busy = true
    try {
      this.#dispatch(event, subscribers, stats, place)
      if (this.#waiting.length > 0) this.#dispatchWaiting()
    } finally {
      this.#busy = false
    }
  }

  /** Events with handlers that have not finished. */
  get inFlight(): number {
    return this.#inFlight.size
  }

  /** The report of an event with handlers that have not finished. */
  reportOn(event: BusEvent): Report | undefined {
    return this.#inFlight.get(event)
  }

  /** Ask before the event enters: resolves when it has been dispatched. */
  expect(id: string): Promise<Fate | undefined> {
    return new Promise((resolve) => this.#expected.set(id, resolve))
  }

  /** The event won't enter: whoever expects it gets `undefined`. */
  giveUp(id: string): void {
    this.#resolve(id, undefined)
  }

  /** Resolves when no handler is running any more, those of events published meanwhile included. */
  async idle(): Promise<void> {
    do {
      await undefined // what is dispatched now, and what waits for its turn, is dispatched before this goes on
      await Promise.all([...this.#inFlight.values()].map((report) => report.done))
    } while (this.#inFlight.size > 0)
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
    let handled = 0
    for (let index = 0; index < subscribers.length; index++) {
      const subscription = subscribers[index]!
      const delivery = subscription.closed ? 'skipped' : deliver(event, subscription, stats, this.#around)
      if (delivery === undefined) {
        if (!subscription.forwards) handled++
        report?.add(subscription)
      } else {
        report ??= new Report(subscribers.slice(0, index))
        if (delivery !== 'skipped') report.track(delivery)
      }
    }
    stats.delivered += handled
    if (handled === 0 && !report?.hasHandlers) this.#unhandled(event, stats)
    if (report?.done !== undefined) this.#follow(event, report, report.done)
    this.#history.remember(place, event, report ?? subscribers)
    if (this.#expected.size > 0) this.#resolve(event.id, report ?? subscribers)
  }

  #resolve(id: string, fate: Fate | undefined): void {
    this.#expected.get(id)?.(fate)
    this.#expected.delete(id)
  }

  #unhandled(event: BusEvent, stats: TypeStats): void {
    stats.unhandled++
    if (this.#around.tap.active) this.#around.tap.tell({ type: 'unhandled', event })
  }

  #follow(event: BusEvent, report: Report, done: Promise<unknown>): void {
    this.#inFlight.set(event, report)
    void done.then(() => this.#inFlight.delete(event))
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

  /** Begins with those that had succeeded at once. */
  constructor(plain: Subscribers) {
    for (const subscription of plain) this.add(subscription)
  }

  add(subscription: HandlerSubscription): void {
    this.#deliveries.push({ subscription, outcome: handledAtOnce(subscription), running: undefined })
  }

  track(delivery: OpenDelivery): void {
    this.#deliveries.push(delivery)
    if (delivery.running === undefined) return
    this.done = this.done === undefined ? delivery.running : Promise.all([this.done, delivery.running])
  }

  /** True when somebody took the event who does more than carry it on. */
  get hasHandlers(): boolean {
    return this.#deliveries.some(({ subscription }) => !subscription.forwards)
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
