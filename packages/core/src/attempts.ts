import type { Occasion } from './alerts.ts'
import type { Causes } from './causes.ts'
import type { Clock } from './clock.ts'
import { endingOf } from './deliveries.ts'
import { BusError } from './errors.ts'
import { Call, Context } from './handler-context.ts'
import type { BusEvent } from './event.ts'
import { failureEntry } from './failure-entry.ts'
import type { Refused } from './lanes.ts'
import type { Log } from './logger.ts'
import type { Tap } from './tap.ts'
import { mayEndCalls } from './policy.ts'
import { isPromise, toPromise } from './promise.ts'
import type { Slowness } from './slowness.ts'
import type { TypeStats } from './stats.ts'
import type { Cancellation, Ending, Subscriber, Task } from './task.ts'

/** Who hears of deliveries, and what they need. */
export interface Surroundings {
  readonly clock: Clock
  readonly tap: Tap
  readonly log: Log
  readonly causes: Causes
  readonly slowness: Slowness
  /** Takes what a handler gave up on. */
  readonly bury: (task: Task, kind: 'failed' | 'overflow') => void
  /** Hears of what alerts may be about. */
  readonly note: (occasion: Occasion) => void
  /** From how many ms on a call is worth a note. */
  readonly slowest: number
}

/**
 * The life of a task: called, timed out, called again, given up. The order is fixed: a call that fails is retried, and what
 * can't be retried is buried. Nothing that a handler does reaches the caller.
 */
export class Attempts {
  readonly #clock: Clock
  readonly #tap: Tap
  readonly #log: Log
  readonly #causes: Causes
  readonly #slowness: Slowness
  readonly #bury: Surroundings['bury']
  readonly #note: Surroundings['note']
  readonly #slowest: number

  constructor({ clock, tap, log, causes, slowness, bury, note, slowest }: Surroundings) {
    this.#clock = clock
    this.#tap = tap
    this.#log = log
    this.#causes = causes
    this.#slowness = slowness
    this.#bury = bury
    this.#note = note
    this.#slowest = slowest
  }

  /** Calls the handler: for the first time, or again. */
  run(task: Task): void {
    const { handler, event, subscription, cause } = task
    if (subscription.ended) return this.cancel(task, 'unsubscribed') // it had its turn because another was cancelled
    task.attempt++
    const isPlain = task.attempt === 1 && !task.isReplay && !mayEndCalls(subscription.terms)
    const call = isPlain ? undefined : new Call(task.attempt, task.isReplay, endingOf(subscription, event))
    const context = new Context(subscription, event, cause, call)
    task.context = context
    task.started = this.#clock.elapsed()
    let answer: unknown
    try {
      answer = this.#causes.call(handler, event, context)
    } catch (error) {
      return this.failed(task, error)
    }
    if (isPromise(answer)) this.follow(task, answer)
    else this.#succeeded(task)
  }

  /** Waits for what the handler has answered. */
  follow(task: Task, answer: PromiseLike<unknown>): void {
    const { context } = task
    const { timeout } = task.subscription.terms
    if (timeout !== undefined)
      task.timer = this.#clock.setTimeout(() => this.#timedOut(task, timeout), timeout)
    toPromise(answer).then(
      () => {
        if (task.context === context) this.#succeeded(task)
      },
      (error: unknown) => {
        if (task.context === context) this.failed(task, error)
      },
    )
  }

  /** A call has failed: it is made again after a while, or the task given up; at once when that is `final`. */
  failed(task: Task, error: unknown, final = false): void {
    const ms = this.#endCall(task)
    const at = this.#clock.now()
    const { subscription, stats, event, attempt } = task
    ;(task.failures ??= []).push({ attempt, at, ms, error })
    stats.failures++
    subscription.failures++
    if (!subscription.forwards) this.#note({ on: 'failures', event, handler: subscription.name, ms, error })
    const retryIn = final ? undefined : this.#delayOf(task, error)
    const { info } = subscription
    if (this.#tap.active)
      this.#tap.pass({ type: 'failed', at, event, subscription: info, error, ms, attempt, retryIn })
    this.#log.write(retryIn === undefined ? 'error' : 'warn', () => failureEntry(task, error, retryIn))
    if (retryIn === undefined) this.#giveUp(task, error, ms)
    else this.#sleep(task, retryIn)
  }

  /** It has no place in its lane, or no longer. */
  refused({ task, why }: Refused): void {
    if (why === 'overflow') this.#overflowed(task)
    else this.cancel(task, why)
  }

  #overflowed(task: Task): void {
    const { subscription, event, stats } = task
    const error = new BusError('queue-full', { handler: subscription.name, topic: event.type })
    task.failures = [{ attempt: 0, at: this.#clock.now(), ms: undefined, error }]
    stats.buried++
    this.#bury(task, 'overflow')
    this.#settle(task, { status: 'failed', ms: undefined, error })
  }

  /** How long a call took that succeeded. */
  timed(event: BusEvent, subscription: Subscriber, stats: TypeStats, ms: number, isSync: boolean): void {
    stats.took(ms)
    if (ms >= this.#slowest) this.#note({ on: 'slow', event, handler: subscription.name, ms })
    this.#slowness.look(subscription, ms, isSync)
  }

  /** It is not called again, and what a call that goes on comes to is not waited for. */
  cancel(task: Task, reason: Cancellation): void {
    if (task.ending !== undefined) return
    this.#clock.clearTimeout(task.timer)
    task.context?.call?.abort(new BusError('call-cancelled', { handler: task.subscription.name, reason }))
    const { event, subscription } = task
    this.#tap.tell({ type: 'cancelled', event, subscription: subscription.info, reason })
    this.#settle(task, { status: 'cancelled', ms: undefined, reason })
  }

  /** Ends the call that goes on, if any. Returns how long it took, in ms. */
  #endCall(task: Task): number | undefined {
    task.context?.call?.over()
    task.context = undefined
    if (task.timer !== undefined) this.#clock.clearTimeout(task.timer)
    task.timer = undefined
    return task.started === undefined ? undefined : this.#clock.elapsed() - task.started
  }

  #timedOut(task: Task, timeout: number): void {
    const error = new BusError('handler-timeout', { handler: task.subscription.name, ms: timeout })
    task.timer = undefined
    task.context?.call?.abort(error)
    this.failed(task, error)
  }

  #succeeded(task: Task): void {
    const ms = this.#endCall(task)
    const { event, subscription, stats, attempt } = task
    if (!subscription.forwards) {
      stats.delivered++
      if (ms !== undefined) this.timed(event, subscription, stats, ms, false)
      if (ms !== undefined && this.#tap.active)
        this.#tap.tell({ type: 'handled', event, subscription: subscription.info, ms, attempt })
    }
    this.#settle(task, { status: 'handled', ms })
  }

  /** In ms; `undefined`: not again. */
  #delayOf(task: Task, error: unknown): number | undefined {
    const { retry } = task.subscription.terms
    if (retry === undefined || task.attempt >= retry.attempts || task.subscription.ended) return undefined
    try {
      if (retry.retryIf !== undefined && !retry.retryIf(error, task.attempt)) return undefined
      return Math.max(0, retry.delay(task.attempt))
    } catch (failure) {
      this.#log.write('error', () => ({ message: 'a retry policy threw; not retried', error: failure }))
      return undefined
    }
  }

  #sleep(task: Task, ms: number): void {
    const lanes = task.lanes!
    lanes.rest(task)
    task.timer = this.#clock.setTimeout(() => {
      task.timer = undefined
      lanes.wake(task)
    }, ms)
  }

  #giveUp(task: Task, error: unknown, ms: number | undefined): void {
    const { subscription } = task
    if (subscription.ended) {
      const { event } = task
      this.#tap.tell({ type: 'cancelled', event, subscription: subscription.info, reason: 'unsubscribed' })
      return this.#settle(task, { status: 'cancelled', ms, error, reason: 'unsubscribed' })
    }
    if (!subscription.forwards) {
      task.stats.buried++
      this.#bury(task, 'failed')
    }
    this.#settle(task, { status: 'failed', ms, error })
  }

  #settle(task: Task, ending: Ending): void {
    task.context = undefined
    task.ending = ending
    task.subscription.finished(task)
    task.tell()
  }
}
