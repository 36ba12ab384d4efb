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
  /** How long it took, where it was timed. */
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

/** A delivery that did not simply succeed at once: it failed, or its handler answered with a promise. */
export interface OpenDelivery {
  readonly subscription: HandlerSubscription
  outcome: HandlerOutcome | undefined
  /** Present while the handler runs. Never rejects. */
  readonly running: Promise<void> | undefined
}

/** One in so many calls of a synchronous handler is timed: reading a clock costs more than most handlers. A power of two. */
const TIMED = 64

/**
 * Calls one handler with one event; nothing that it does reaches the caller. A handler that succeeds at once leaves
 * nothing to allocate: then the answer is `undefined`.
 */
export function deliver(
  event: BusEvent,
  subscription: HandlerSubscription,
  stats: TypeStats,
  around: Surroundings,
): OpenDelivery | 'skipped' | undefined {
  let started: number | undefined
  try {
    if (subscription.where !== undefined && !subscription.where(event)) return 'skipped'
    if (subscription.once) subscription.unsubscribe()
    const timed = (subscription.calls++ & (TIMED - 1)) === 0 || subscription.isAsync || around.tap.active
    subscription.lastAt = event.time
    if (timed) started = around.clock.elapsed()
    const answer = subscription.handler(event, subscription.context)
    if (isPromise(answer)) return watch(answer, started, event, subscription, stats, around)
  } catch (error) {
    return {
      subscription,
      outcome: failed(error, started, event, subscription, stats, around),
      running: undefined,
    }
  }
  subscription.delivered++
  if (started !== undefined) took(started, event, subscription, stats, around)
  return undefined
}

/** The outcome of a delivery that succeeded at once. */
export function handledAtOnce({ name, patterns }: HandlerSubscription): HandlerOutcome {
  return { handler: name, patterns, status: 'handled', attempts: 1, ms: undefined }
}

function watch(
  answer: PromiseLike<unknown>,
  started: number | undefined,
  event: BusEvent,
  subscription: HandlerSubscription,
  stats: TypeStats,
  around: Surroundings,
): OpenDelivery {
  subscription.began()
  const done = (outcome: HandlerOutcome): void => {
    delivery.outcome = outcome
    subscription.ended()
  }
  const running = Promise.resolve(answer).then(
    () => {
      subscription.delivered++
      if (!subscription.forwards) stats.delivered++
      const ms = started === undefined ? undefined : took(started, event, subscription, stats, around)
      done({ ...handledAtOnce(subscription), ms })
    },
    (error: unknown) => done(failed(error, started, event, subscription, stats, around)),
  )
  const delivery: OpenDelivery = { subscription, outcome: undefined, running }
  return delivery
}

function took(
  started: number,
  event: BusEvent,
  subscription: HandlerSubscription,
  stats: TypeStats,
  { clock, tap }: Surroundings,
): number {
  const ms = clock.elapsed() - started
  if (subscription.forwards) return ms
  stats.took(ms)
  if (tap.active) tap.tell({ type: 'handled', event, subscription, ms })
  return ms
}

function failed(
  error: unknown,
  started: number | undefined,
  event: BusEvent,
  subscription: HandlerSubscription,
  stats: TypeStats,
  { clock, tap, log }: Surroundings,
): HandlerOutcome {
  const { name, patterns } = subscription
  const ms = started === undefined ? undefined : clock.elapsed() - started
  subscription.failures++
  stats.failures++
  tap.tell({ type: 'failed', event, subscription, error, ms })
  log.write('error', () => ({
    message: `the handler "${name}" failed`,
    event: brief(event),
    handler: name,
    error,
  }))
  return { handler: name, patterns, status: 'failed', attempts: 1, ms, error }
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
