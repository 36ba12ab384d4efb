import type { ChainLink } from './chain.ts'
import type { BusEvent } from './event.ts'
import { HandlerSubscription } from './subscription.ts'
import { handledAtOnce, type HandlerOutcome, type Subscriber, Task, type TaskOwner } from './task.ts'

/** The deliveries of one event; made only when one was out of the ordinary. */
export class Report implements TaskOwner, ChainLink<Report> {
  readonly event: BusEvent
  readonly #onDone: (report: Report) => void
  readonly #entries: (HandlerSubscription | Task)[] = []
  #open = 0
  #waiting: (() => void)[] | undefined = undefined
  before: Report | undefined = undefined
  after: Report | undefined = undefined

  /** Begins with the first `plain` subscribers, which had all succeeded at once. `onDone` hears when all have finished. */
  constructor(
    event: BusEvent,
    subscribers: readonly HandlerSubscription[],
    plain: number,
    onDone: (report: Report) => void,
  ) {
    this.event = event
    this.#onDone = onDone
    for (let index = 0; index < plain; index++) this.#entries.push(subscribers[index]!)
  }

  get isDone(): boolean {
    return this.#open === 0
  }

  addPlain(subscription: HandlerSubscription): void {
    this.#entries.push(subscription)
  }

  add(task: Task | 'skipped'): void {
    if (task === 'skipped') return
    this.#entries.push(task)
    if (task.outcome !== undefined) return
    task.owner = this
    this.#open++
  }

  settled(): void {
    if (--this.#open > 0) return
    this.#onDone(this)
    for (const resolve of this.#waiting ?? []) resolve()
    this.#waiting = undefined
  }

  /** Resolves when all handlers have finished. */
  async done(): Promise<void> {
    if (this.#open > 0) await new Promise<void>((resolve) => (this.#waiting ??= []).push(resolve))
  }

  /** The subscriptions that have not finished. */
  get running(): readonly HandlerSubscription[] {
    return this.#tasks.flatMap(({ outcome, subscription }) =>
      outcome === undefined && subscription instanceof HandlerSubscription ? [subscription] : [],
    )
  }

  /** True when somebody took the event who does more than carry it on. */
  get hasHandlers(): boolean {
    return this.#entries.some((entry) => !subscriptionOf(entry).forwards)
  }

  /** How many handlers have succeeded at once. */
  get plain(): number {
    return this.#entries.filter((entry) => !(entry instanceof Task) && !entry.forwards).length
  }

  /** Of the handlers that have finished, in the order of calling. */
  get outcomes(): readonly HandlerOutcome[] {
    return this.#entries.flatMap((entry) => {
      if (subscriptionOf(entry).forwards) return []
      return entry instanceof Task ? (entry.outcome ?? []) : handledAtOnce(entry)
    })
  }

  get #tasks(): readonly Task[] {
    return this.#entries.filter((entry) => entry instanceof Task)
  }
}

function subscriptionOf(entry: HandlerSubscription | Task): Subscriber {
  return entry instanceof Task ? entry.subscription : entry
}

/** What the history remembers beside an event: its handlers, if all succeeded at once, else a report. */
export type Fate = readonly HandlerSubscription[] | Report

/** The outcomes of an event that was dispatched, once all its handlers have finished. */
export async function outcomesOf(fate: Fate): Promise<readonly HandlerOutcome[]> {
  if (!(fate instanceof Report)) return fate.filter(({ forwards }) => !forwards).map(handledAtOnce)
  await fate.done()
  return fate.outcomes
}
