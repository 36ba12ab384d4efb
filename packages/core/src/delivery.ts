import { Attempts, type Surroundings } from './attempts.ts'
import type { Causes } from './causes.ts'
import { Chain } from './chain.ts'
import type { Clock } from './clock.ts'
import { endingOf } from './deliveries.ts'
import type { BusEvent } from './event.ts'
import { Call, Context } from './handler-context.ts'
import { ownOf, type SharedContext } from './shared-context.ts'
import { mayEndCalls } from './policy.ts'
import { isPromise } from './promise.ts'
import type { TypeStats } from './stats.ts'
import type { Handler } from './handler.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import { Task } from './task.ts'
import { wants } from './wants.ts'
import { Workload } from './workload.ts'

/** `undefined`: handled at once. `skipped`: not its event, or not any more. `forwarded`: carried on by a bridge. */
export type Delivered = Task | 'skipped' | 'forwarded' | undefined

/** One in so many calls of a synchronous handler is timed: to read a clock costs more than most handlers. */
const TIMED = 64

/** One event, one handler: calls it, or lets the event wait for its turn. Nothing that a handler does reaches the caller. */
export class Delivery {
  /** Whose handlers have not finished. */
  readonly busy: Chain<Workload> = new Chain<Workload>()
  readonly #clock: Clock
  readonly #tap: Tap
  readonly #causes: Causes
  readonly #attempts: Attempts
  readonly #run: (task: Task) => void

  /** `turn` does what calls handlers outside a dispatch, so that what they publish waits all the same. */
  constructor(around: Surroundings, turn: (act: (task: Task) => void, task: Task) => void) {
    const run = (task: Task): void => this.#attempts.run(task)
    this.#run = (task) => turn(run, task)
    this.#clock = around.clock
    this.#tap = around.tap
    this.#causes = around.causes
    this.#attempts = new Attempts(around)
  }

  /**
   * A handler that simply succeeds at once leaves nothing to tell, and costs nothing but its call: `undefined`. `watched`:
   * somebody wants to be told of each call.
   */
  deliver(
    event: BusEvent,
    subscription: HandlerSubscription,
    stats: TypeStats,
    cause: Context | undefined,
    watched: boolean,
  ): Delivered {
    if (watched || subscription.credit === 0) return this.#deliverWithCare(event, subscription, stats, cause)
    subscription.credit--
    const { handler, shared } = subscription
    const context = shared ?? new Context(subscription, event, cause, undefined)
    let answer: unknown
    try {
      answer = handler(event, context)
    } catch (error) {
      return this.#threw(error, ownOf(context, event, cause), subscription, stats)
    }
    return answer === undefined
      ? undefined
      : this.#answered(answer, context, event, subscription, cause, stats)
  }

  /** An event that comes again on purpose. Filters apply, and it takes its turn; `undefined` when it is not wanted. */
  redeliver(event: BusEvent, subscription: HandlerSubscription, stats: TypeStats): Task | undefined {
    if (subscription.closed) return undefined
    const wanted = wants(subscription, event)
    if (wanted === false) return undefined
    subscription.looked(0)
    const task = new Task(event, subscription, subscription.handler, stats, undefined, true)
    task.fate = [task]
    return this.#admit(task, subscription, wanted)
  }

  // Apart, so that the way above stays short enough for the engine to take it into the loop that it is called from.
  #threw(error: unknown, context: Context, subscription: HandlerSubscription, stats: TypeStats): Task {
    return this.#failed(this.#open(context, subscription, subscription.handler, stats, undefined), error)
  }

  #answered(
    answer: unknown,
    context: Context | SharedContext,
    event: BusEvent,
    subscription: HandlerSubscription,
    cause: Context | undefined,
    stats: TypeStats,
  ): Task | undefined {
    if (!isPromise(answer)) return undefined
    const own = ownOf(context, event, cause)
    const task = this.#open(own, subscription, subscription.handler, stats, undefined)
    return this.#follow(task, subscription, answer)
  }

  /** The same with all questions asked, and timed. */
  #deliverWithCare(
    event: BusEvent,
    subscription: HandlerSubscription,
    stats: TypeStats,
    cause: Context | undefined,
  ): Delivered {
    if (subscription.closed) return 'skipped'
    const wanted = wants(subscription, event)
    if (wanted === false) return 'skipped'
    subscription.looked(TIMED - 1)
    const { work } = subscription
    if (wanted === true && (work === undefined || work.lanes.isFree(event)))
      return this.#call(event, subscription, stats, cause)
    const task = new Task(event, subscription, subscription.handler, stats, cause, false)
    return this.#admit(task, subscription, wanted)
  }

  #call(
    event: BusEvent,
    subscription: HandlerSubscription,
    stats: TypeStats,
    cause: Context | undefined,
  ): Delivered {
    subscription.share(this.#causes)
    const { handler, policy } = subscription
    const call = mayEndCalls(policy) ? new Call(1, false, endingOf(subscription, event)) : undefined
    const context = new Context(subscription, event, cause, call)
    const started = this.#clock.elapsed()
    if (policy.once === true) subscription.retire()
    let answer: unknown
    try {
      // Without a store, the dispatch itself says which call is going on.
      answer =
        this.#causes.store === undefined
          ? handler(event, context)
          : this.#causes.call(handler, event, context)
    } catch (error) {
      return this.#failed(this.#open(context, subscription, handler, stats, started), error)
    }
    if (isPromise(answer)) {
      const task = this.#open(context, subscription, handler, stats, started)
      return this.#follow(task, subscription, answer)
    }
    call?.over()
    if (subscription.forwards) return 'forwarded'
    this.#succeeded(event, subscription, stats, started)
    return undefined
  }

  #succeeded(event: BusEvent, subscription: HandlerSubscription, stats: TypeStats, started: number): void {
    const ms = this.#clock.elapsed() - started
    this.#attempts.timed(event, subscription, stats, ms, true)
    if (!this.#tap.active) return
    const { info } = subscription
    this.#tap.pass({ type: 'handled', at: this.#clock.now(), event, subscription: info, ms, attempt: 1 })
  }

  /** A call that was made already did not end at once, or failed. */
  #open(
    context: Context,
    subscription: HandlerSubscription,
    handler: Handler,
    stats: TypeStats,
    started: number | undefined,
  ): Task {
    const { event, cause } = context
    const task = new Task(event, subscription, handler, stats, cause, false)
    task.attempt = 1
    task.context = context
    task.started = started
    const work = this.#workOf(subscription)
    work.add(task)
    work.lanes.enter(task)
    return task
  }

  #follow(task: Task, subscription: HandlerSubscription, answer: PromiseLike<unknown>): Task {
    subscription.care() // whoever was asynchronous once will be so again
    this.#attempts.follow(task, answer)
    return task
  }

  #failed(task: Task, error: unknown): Task {
    this.#attempts.failed(task, error)
    return task
  }

  /** Takes an event that may have to wait. */
  #admit(task: Task, subscription: HandlerSubscription, wanted: true | { readonly error: unknown }): Task {
    if (wanted !== true) return this.#refuse(task, subscription, wanted.error)
    if (subscription.policy.once === true) subscription.retire()
    const work = this.#workOf(subscription)
    work.add(task)
    const refused = work.lanes.arrive(task)
    if (refused !== undefined) this.#attempts.refused(refused)
    return task
  }

  /** Its filter threw: that is not tried again. */
  #refuse(task: Task, subscription: HandlerSubscription, error: unknown): Task {
    this.#workOf(subscription).add(task)
    task.attempt = 1
    this.#attempts.failed(task, error, true)
    return task
  }

  #workOf(subscription: HandlerSubscription): Workload {
    subscription.pause()
    if (subscription.work !== undefined) return subscription.work
    const cancel = (task: Task): void => this.#attempts.cancel(task, 'unsubscribed')
    return (subscription.work = new Workload(subscription, this.busy, this.#run, cancel))
  }
}
