import type { Clock } from './clock.ts'
import type { BusEvent } from './event.ts'
import type { Log } from './logger.ts'
import type { TypeStats } from './stats.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'

/** What became of one event at one handler. */
export interface HandlerOutcome {
  readonly handler: string
  readonly patterns: readonly string[]
  readonly status: 'handled' | 'failed'
  /** How often the handler was called with the event. */
  readonly attempts: number
  /** How long it took, for an asynchronous handler or one that failed. */
  readonly ms: number | undefined
  /** What it threw or rejected with. */
  readonly error?: unknown
}

/** Who hears of deliveries. */
export interface Surroundings {
  readonly clock: Clock
  readonly tap: Tap
  readonly log: Log
}

/** What is being delivered to whom, and where that counts. */
interface Task {
  readonly event: BusEvent
  readonly subscription: HandlerSubscription
  readonly stats: TypeStats
  /** Where the clock stood, when the call is timed. */
  readonly started: number | undefined
}

/** A delivery that did not simply succeed at once: it failed, or its handler answered with a promise. */
export interface OpenDelivery {
  readonly subscription: HandlerSubscription
  outcome: HandlerOutcome | undefined
  /** Present while the handler runs. Never rejects. */
  readonly running: Promise<void> | undefined
}

/** `undefined`: handled at once. `skipped`: not its event, or not any more. `forwarded`: carried on by a bridge. */
export type Delivered = OpenDelivery | 'skipped' | 'forwarded' | undefined

/** One in so many calls of a synchronous handler is timed: to read a clock costs more than most handlers. */
const TIMED = 64

/** One event, one handler: calls it, and tells what came of it. Nothing that a handler does reaches the caller. */
export class Delivery {
  readonly #clock: Clock
  readonly #tap: Tap
  readonly #log: Log

  constructor({ clock, tap, log }: Surroundings) {
    this.#clock = clock
    this.#tap = tap
    this.#log = log
  }

  /** A handler that simply succeeds at once leaves nothing to tell, and costs nothing but its call: `undefined`. */
  deliver(event: BusEvent, subscription: HandlerSubscription, stats: TypeStats, watched: boolean): Delivered {
    if (watched || subscription.credit === 0) return this.#deliverTimed(event, subscription, stats)
    subscription.credit--
    const { handler, context } = subscription
    let answer: unknown
    try {
      answer = handler(event, context!)
    } catch (error) {
      return this.#failAtOnce(error, { event, subscription, stats, started: undefined })
    }
    return answer === undefined ? undefined : this.#answered(answer, event, subscription, stats)
  }

  /** The same with all questions asked, and timed. */
  #deliverTimed(event: BusEvent, subscription: HandlerSubscription, stats: TypeStats): Delivered {
    if (subscription.closed) return 'skipped'
    const task: Task = { event, subscription, stats, started: this.#clock.elapsed() }
    try {
      const { handler, policy } = subscription
      if (policy.where !== undefined && !policy.where(event)) return 'skipped'
      const context = subscription.looked(TIMED - 1)
      if (policy.once === true) subscription.retire()
      const answer = handler(event, context)
      if (isPromise(answer)) return this.#follow(answer, task)
    } catch (error) {
      return this.#failAtOnce(error, task)
    }
    this.#succeed(task)
    return subscription.forwards ? 'forwarded' : undefined
  }

  #answered(
    answer: unknown,
    event: BusEvent,
    subscription: HandlerSubscription,
    stats: TypeStats,
  ): Delivered {
    return isPromise(answer)
      ? this.#follow(answer, { event, subscription, stats, started: undefined })
      : undefined
  }

  #follow(answer: PromiseLike<unknown>, task: Task): OpenDelivery {
    const { subscription, stats } = task
    subscription.began()
    const done = (outcome: HandlerOutcome): void => {
      delivery.outcome = outcome
      subscription.ended()
    }
    const running = Promise.resolve(answer).then(
      () => {
        if (!subscription.forwards) stats.delivered++
        done({ ...handledAtOnce(subscription), ms: this.#succeed(task) })
      },
      (error: unknown) => done(this.#fail(error, task)),
    )
    const delivery: OpenDelivery = { subscription, outcome: undefined, running }
    return delivery
  }

  #failAtOnce(error: unknown, task: Task): OpenDelivery {
    return { subscription: task.subscription, outcome: this.#fail(error, task), running: undefined }
  }

  /** Returns the ms it took. */
  #succeed({ event, subscription, stats, started }: Task): number | undefined {
    if (started === undefined || subscription.forwards) return undefined
    const ms = this.#clock.elapsed() - started
    stats.took(ms)
    if (this.#tap.active) {
      this.#tap.pass({ type: 'handled', at: this.#clock.now(), event, subscription: subscription.info, ms })
    }
    return ms
  }

  #fail(error: unknown, { event, subscription, stats, started }: Task): HandlerOutcome {
    const { name, patterns } = subscription
    const ms = started === undefined ? undefined : this.#clock.elapsed() - started
    subscription.failures++
    stats.failures++
    this.#tap.tell({ type: 'failed', event, subscription: subscription.info, error, ms })
    this.#log.write('error', () => ({
      message: `the handler "${name}" failed`,
      event: brief(event),
      handler: name,
      error,
    }))
    return { handler: name, patterns, status: 'failed', attempts: 1, ms, error }
  }
}

/** The outcome of a delivery that simply succeeded at once. */
export function handledAtOnce({ name, patterns }: HandlerSubscription): HandlerOutcome {
  return { handler: name, patterns, status: 'handled', attempts: 1, ms: undefined }
}

function isPromise(answer: unknown): answer is PromiseLike<unknown> {
  return (
    typeof answer === 'object' && answer !== null && typeof (answer as { then?: unknown }).then === 'function'
  )
}

/** An event without its data, for a log. */
function brief({
  id,
  type,
  source,
  correlationId,
}: BusEvent): Pick<BusEvent, 'id' | 'type' | 'source' | 'correlationId'> {
  return { id, type, source, correlationId }
}
