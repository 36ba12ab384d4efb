import type { Surroundings } from './attempts.ts'
import type { Causes } from './causes.ts'
import { Chain } from './chain.ts'
import { Delivery, wants } from './delivery.ts'
import { BusError } from './errors.ts'
import { Expectations } from './expectations.ts'
import type { BusEvent } from './event.ts'
import type { Context } from './handler-context.ts'
import type { History } from './history.ts'
import { type Fate, Report } from './report.ts'
import type { Match } from './router.ts'
import type { TypeStats } from './stats.ts'
import type { Step } from './step.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import type { HandlerOutcome, Task } from './task.ts'
import { isInternal } from './topic.ts'
import { TopicSubject } from './topic-subject.ts'

/** Brings events to their handlers, one event at a time, in the order in which they entered. */
export class Dispatcher<N extends { readonly stats: TypeStats }> extends TopicSubject<
  BusEvent,
  HandlerSubscription,
  N
> {
  readonly delivery: Delivery
  readonly #tap: Tap
  readonly #causes: Causes
  readonly #history: History<Fate>
  readonly #unrouted: ((event: BusEvent) => void) | undefined
  readonly #open = new Chain<Report>()
  /** Who waits for an event to be dispatched. */
  readonly expected: Expectations = new Expectations()
  /** How many subscriptions want their publishers to know of a full queue. */
  refusals = 0
  #waiting: Step[] = []
  #busy = false

  /** `unrouted` hears of events that no handler took, where that is an error. */
  constructor(
    noteOn: (topic: string) => N,
    around: Surroundings,
    history: History<Fate>,
    unrouted: ((event: BusEvent) => void) | undefined,
  ) {
    super(noteOn)
    this.delivery = new Delivery(around, (act) => this.#turn(act))
    this.#tap = around.tap
    this.#causes = around.causes
    this.#history = history
    this.#unrouted = unrouted
  }

  /** Events with handlers that have not finished. */
  get inFlight(): number {
    return this.#open.size
  }

  /** The report of an event with handlers that have not finished. Linear in those. */
  reportOn({ id }: BusEvent): Report | undefined {
    return this.#open.find(({ event }) => event.id === id)
  }

  /** The subscriptions whose handlers have not all finished, those that have ended included. */
  running(): HandlerSubscription[] {
    return this.#open.all().flatMap((report) => report.running)
  }

  /** Resolves when no handler is running any more, those of events published meanwhile included. */
  async idle(): Promise<void> {
    do {
      await Promise.resolve() // what is dispatched now, and what waits for its turn, is dispatched before this goes on
      await Promise.all(this.#open.all().map((report) => report.done()))
    } while (this.#open.size > 0)
  }

  /** One event to one subscription once more. Resolves when that is done with it; `undefined` when it doesn't want it. */
  redeliver(event: BusEvent, subscription: HandlerSubscription): Promise<HandlerOutcome | undefined> {
    const { stats } = this.match(event.type).note
    return new Promise((resolve) => {
      this.#turn(() => {
        const task = this.delivery.redeliver(event, subscription, stats)
        if (task?.outcome !== undefined || task === undefined) return resolve(task?.outcome)
        const report = this.#follow(task)
        void report.done().then(() => resolve(task.outcome))
      })
    })
  }

  /** An event to everybody who takes it now. False when nobody does. */
  async reroute(event: BusEvent): Promise<boolean> {
    const takers = this.match(event.type).values.filter(({ forwards }) => !forwards)
    const outcomes = await Promise.all(takers.map((subscription) => this.redeliver(event, subscription)))
    return outcomes.some((outcome) => outcome !== undefined)
  }

  /** Throws `queue-full` when a handler that wants its publishers to know has no place for the event. */
  refuseIfFull(event: BusEvent, { values }: Match<HandlerSubscription, N>): void {
    const full = values.find((one) => one.work?.lanes.refuses(event) === true && wants(one, event) === true)
    if (full !== undefined) throw new BusError('queue-full', { handler: full.name, topic: event.type })
  }

  /** Events that one subscription gets again, in this order, before whatever is published from now on. */
  replay(subscription: HandlerSubscription, events: readonly BusEvent[]): void {
    const steps = events.map((event) => {
      const { stats } = this.match(event.type).note
      return { event, subscribers: [subscription], stats, place: -1, cause: undefined, isReplay: true }
    })
    this.#turn(() => void this.#waiting.push(...steps))
  }

  /**
   * The event's handlers are those of this moment, also when it must wait for its turn: who subscribes meanwhile sees
   * later events only. Who unsubscribes meanwhile is not called.
   */
  protected override deliver(event: BusEvent, match: Match<HandlerSubscription, N>): void {
    const subscribers = match.values
    const place = this.#history.push(event, subscribers)
    const { cause } = this.#causes
    const { stats } = match.note
    if (this.#busy) {
      this.#waiting.push({ event, subscribers, stats, place, cause, isReplay: false })
      return
    }
    this.#busy = true
    try {
      this.#dispatch(event, subscribers, stats, place, cause)
      if (this.#waiting.length > 0) this.#dispatchWaiting()
    } finally {
      this.#busy = false
    }
  }

  /** What is published meanwhile waits until `act` is done, as it would wait for any other handler. */
  #turn(act: () => void): void {
    if (this.#busy) return act()
    this.#busy = true
    try {
      act()
      this.#dispatchWaiting()
    } finally {
      this.#busy = false
    }
  }

  #dispatchWaiting(): void {
    while (this.#waiting.length > 0) {
      const steps = this.#waiting
      this.#waiting = []
      for (const step of steps)
        if (step.isReplay) this.#redeliver(step)
        else this.#dispatch(step.event, step.subscribers, step.stats, step.place, step.cause)
    }
  }

  #dispatch(
    event: BusEvent,
    subscribers: readonly HandlerSubscription[],
    stats: TypeStats,
    place: number,
    cause: Context | undefined,
  ): void {
    let report: Report | undefined
    let aside = 0
    const causes = this.#causes
    const watched = this.#tap.active || causes.store !== undefined
    const { delivery } = this
    const { length } = subscribers
    causes.begin(event, subscribers, cause)
    for (let index = 0; index < length; index++) {
      const subscription = subscribers[index]!
      causes.calling = index
      const delivered = delivery.deliver(event, subscription, stats, cause, watched)
      if (delivered === undefined) report?.addPlain(subscription)
      else if (delivered === 'forwarded') aside++
      else {
        report ??= new Report(event, subscribers, index, this.#onDone)
        report.add(delivered)
      }
    }
    causes.end()
    if (report === undefined) this.#count(event, stats, length - aside)
    else this.#conclude(report, stats, place)
    if (this.expected.size > 0) this.expected.meet(event.id, report ?? subscribers)
  }

  /** All of them had succeeded at once. */
  #count(event: BusEvent, stats: TypeStats, handlers: number): void {
    if (handlers > 0) stats.delivered += handlers
    else this.#unhandled(event, stats)
  }

  #redeliver({ event, subscribers, stats }: Step): void {
    const task = this.delivery.redeliver(event, subscribers[0]!, stats)
    if (task !== undefined && task.outcome === undefined) this.#follow(task)
  }

  #follow(task: Task): Report {
    const report = new Report(task.event, [], 0, this.#onDone)
    report.add(task)
    this.#open.add(report)
    return report
  }

  readonly #onDone = (report: Report): void => this.#open.remove(report)
  #conclude(report: Report, stats: TypeStats, place: number): void {
    const { event } = report
    this.#history.remember(place, event, report)
    stats.delivered += report.plain
    if (!report.hasHandlers) this.#unhandled(event, stats)
    if (!report.isDone) this.#open.add(report)
  }

  #unhandled(event: BusEvent, stats: TypeStats): void {
    if (isInternal(event.type)) return // those are there for whoever asks
    stats.unhandled++
    if (this.#tap.active) this.#tap.tell({ type: 'unhandled', event })
    this.#unrouted?.(event)
  }
}
