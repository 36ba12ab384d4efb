import type { Surroundings } from './attempts.ts'
import type { Causes } from './causes.ts'
import { Delivery } from './delivery.ts'
import { BusError } from './errors.ts'
import { Expectations } from './expectations.ts'
import type { BusEvent } from './event.ts'
import { isHandled, told } from './fate.ts'
import type { Context } from './handler-context.ts'
import type { History } from './history.ts'
import type { Match } from './router.ts'
import type { TypeStats } from './stats.ts'
import type { Step } from './step.ts'
import { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import type { Fate, HandlerOutcome, Part, Task } from './task.ts'
import { isInternal } from './topic.ts'
import { TopicSubject } from './topic-subject.ts'
import { wants } from './wants.ts'

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
    this.delivery = new Delivery(around, (act, task) => this.#turn(act, task))
    this.#tap = around.tap
    this.#causes = around.causes
    this.#history = history
    this.#unrouted = unrouted
  }

  /** Events with handlers that have not finished. Linear in those. */
  get inFlight(): number {
    return new Set(this.delivery.busy.all().flatMap(({ tasks }) => tasks.map(({ event }) => event))).size
  }

  /** The fate of an event with handlers that have not finished. Linear in those. */
  fateInFlight({ id }: BusEvent): Fate | undefined {
    return (this.#find(id, false) ?? this.#find(id, true))?.fate
  }

  /** The subscriptions whose handlers have not all finished, those that have ended included. */
  running(): HandlerSubscription[] {
    const all = this.delivery.busy.all().map(({ subscription }) => subscription)
    return all.filter((subscription) => subscription instanceof HandlerSubscription)
  }

  /** Resolves when no handler is running any more, those of events published meanwhile included. */
  async idle(): Promise<void> {
    do {
      await Promise.resolve() // what is dispatched now, and what waits for its turn, is dispatched before this goes on
      await Promise.all(this.delivery.busy.all().map((work) => work.idle()))
    } while (this.delivery.busy.size > 0)
  }

  /** The newest handler of that name that takes such events. */
  named(name: string, { type }: BusEvent): HandlerSubscription | undefined {
    return this.match(type).values.findLast((one) => one.name === name && !one.forwards)
  }

  /** One event to some subscriptions once more: the tasks of those that want it. */
  again(event: BusEvent, subscriptions: readonly HandlerSubscription[]): readonly Task[] {
    const { stats } = this.match(event.type).note
    const tasks: Task[] = []
    this.#turn((all) => {
      for (const subscription of all) {
        const task = this.delivery.redeliver(event, subscription, stats)
        if (task !== undefined) tasks.push(task)
      }
    }, subscriptions)
    return tasks
  }

  /** The same to one. Resolves when that is done with it; `undefined` when it doesn't want it. */
  async redeliver(event: BusEvent, subscription: HandlerSubscription): Promise<HandlerOutcome | undefined> {
    const [task] = this.again(event, [subscription])
    await task?.done()
    return task?.outcome
  }

  /** The same to everybody who takes it now. False when nobody does. */
  async reroute(event: BusEvent): Promise<boolean> {
    const takers = this.match(event.type).values.filter(({ forwards }) => !forwards)
    const tasks = this.again(event, takers)
    await Promise.all(tasks.map((task) => task.done()))
    return tasks.length > 0
  }

  /** Throws `queue-full` when a handler that wants its publishers to know has no place for the event. */
  refuseIfFull(event: BusEvent, { values }: Match<HandlerSubscription, N>): void {
    const full = values.find((one) => one.work?.lanes.refuses(event) === true && wants(one, event) === true)
    if (full !== undefined) throw new BusError('queue-full', { handler: full.name, topic: event.type })
  }

  /** Events that one subscription gets again, in this order, before whatever is published from now on. */
  replay(subscription: HandlerSubscription, events: readonly BusEvent[]): void {
    const steps = events.map((event): Step => {
      const { stats } = this.match(event.type).note
      return { event, subscribers: [subscription], stats, place: -1, cause: undefined, isReplay: true }
    })
    this.#turn((all) => {
      for (const step of all) this.#waiting.push(step)
    }, steps)
  }

  /**
   * The event's handlers are those of this moment, also when it must wait for its turn: who subscribes meanwhile sees
   * later events only. Who unsubscribes meanwhile is not called.
   */
  protected override deliver(event: BusEvent, match: Match<HandlerSubscription, N>): void {
    const subscribers = match.values
    const { cause } = this.#causes // first of all: see there
    const place = this.#history.push(event, subscribers)
    const { stats } = match.note
    if (this.#busy) {
      this.#waiting.push({ event, subscribers, stats, place, cause, isReplay: false })
      return
    }
    this.#busy = true
    try {
      this.#causes.begin(place, undefined, subscribers, cause)
      this.#dispatch(event, subscribers, stats, place, cause)
      if (this.#waiting.length > 0) this.#dispatchWaiting()
    } finally {
      this.#busy = false
    }
  }

  /** What is published meanwhile waits until `act` is done, as it would wait for any other handler. */
  #turn<T>(act: (on: T) => void, on: T): void {
    if (this.#busy) return act(on)
    this.#busy = true
    try {
      act(on)
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
        if (step.isReplay) this.delivery.redeliver(step.event, step.subscribers[0]!, step.stats)
        else this.#dispatchStep(step)
    }
  }

  #dispatchStep({ event, subscribers, stats, place, cause }: Step): void {
    this.#causes.begin(place, event, subscribers, cause)
    this.#dispatch(event, subscribers, stats, place, cause)
  }

  #dispatch(
    event: BusEvent,
    subscribers: readonly HandlerSubscription[],
    stats: TypeStats,
    place: number,
    cause: Context | undefined,
  ): void {
    let fate: Part[] | undefined
    let others = 0
    const causes = this.#causes
    const watched = this.#tap.active || causes.store !== undefined
    const { delivery } = this
    const { length } = subscribers
    for (let index = 0; index < length; index++) {
      const subscription = subscribers[index]!
      causes.calling = index
      const delivered = delivery.deliver(event, subscription, stats, cause, watched)
      if (delivered === undefined) fate?.push(subscription)
      else {
        others++
        if (delivered !== 'forwarded') fate = told(fate, subscribers, index, delivered)
      }
    }
    causes.end()
    if (fate !== undefined) this.#history.remember(place, event, fate)
    if (length > others) stats.delivered += length - others
    else this.#unhandled(event, stats, fate)
    if (this.expected.size > 0) this.expected.meet(event.id, fate ?? subscribers)
  }

  #find(id: string, isReplay: boolean): Task | undefined {
    const fits = (task: Task): boolean => task.event.id === id && task.isReplay === isReplay
    return this.delivery.busy.find((work) => work.find(fits) !== undefined)?.find(fits)
  }

  /** Nobody has succeeded at once: perhaps there is nobody. The bus's own events are there for whoever asks. */
  #unhandled(event: BusEvent, stats: TypeStats, fate: Fate | undefined): void {
    if ((fate !== undefined && isHandled(fate)) || isInternal(event.type)) return
    stats.unhandled++
    if (this.#tap.active) this.#tap.tell({ type: 'unhandled', event })
    this.#unrouted?.(event)
  }
}
