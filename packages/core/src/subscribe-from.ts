import type { Observable } from 'rxjs'
import { exponential } from './backoff.ts'
import type { Bus } from './bus.ts'
import type { CatchUpSettings } from './catch-up.ts'
import type { AnyDefinition } from './definition.ts'
import type { BusEvent } from './event.ts'
import type { EventLog, LogQuery } from './event-log.ts'
import type { Checked, EventFor } from './event-types.ts'
import { Following } from './following.ts'
import { checkHandler, type Handler, type Subscription } from './handler.ts'
import { checkQuery, matching } from './log-query.ts'
import { checkOption, isCount } from './option.ts'
import { isList, type PatternLike, type Patterns, toPattern } from './pattern-like.ts'
import type { Policy } from './policy.ts'
import type { ReplayProgress } from './replayer.ts'

/** Where the past begins, and how the handler is run; every member optional. */
export interface SubscribeFromOptions<E extends BusEvent = BusEvent> extends Omit<
  Policy<E>,
  'replay' | 'replace'
> {
  /** Only what comes behind this position of the log. Default: from the beginning. */
  readonly after?: number
  /** Only events of this time or later, in epoch ms. */
  readonly from?: number
  /**
   * Reads on where something behind `after` is missing, and tells it as a `gap`. Default false: then the subscription ends
   * with `log-gap`.
   */
  readonly acceptGap?: boolean
  /** How many live events may wait while the log is read; one more, and they are read from the log too. Default 1,000. */
  readonly buffer?: number
}

/** A subscription that begins in the past. */
export interface LogSubscription extends Subscription {
  /** True while events come as they are published. */
  readonly isLive: boolean
  /**
   * Resolves when that is so, or when the subscription ends before. Rejects, and ends the subscription, with what reading
   * once more will not mend: `log-gap`, `log-closed`, `log-corrupt`; and with `bus-closed`.
   */
  readonly live: Promise<void>
  /** How far it has come, as with `replay`. Completes when `live` resolves, fails when that rejects. */
  readonly progress$: Observable<ReplayProgress>
}

/**
 * Subscribes from the past on: first what the log has, in its order, under the ids and times that it has; then each event
 * as it is published. Nothing is missing and nothing comes twice in between, so far as the log has what was published before
 * this call: it waits for the recordings of this process.
 *
 * Until it is live, handlers see `context.isReplay`, events come no faster than they are handled (100 at a time), and are
 * upgraded to their definition's version. What the bus retains does not come first, and a later `replay` leaves this
 * subscription out. A log that fails is read on when it works again; each failure is a `log` signal.
 * Throws what `subscribe` throws.
 *
 * @example
 * const projection = subscribeFrom(bus, log, 'order.**', apply, { after: position, order: 'serial' })
 * await projection.live
 */
export function subscribeFrom<D extends AnyDefinition, const P extends PatternLike>(
  bus: Bus<D>,
  log: EventLog,
  pattern: Checked<D, P, P | readonly P[]>,
  handler: Handler<EventFor<D, P>>,
  options: SubscribeFromOptions<EventFor<D, P>> = {},
): LogSubscription {
  const { after, from, acceptGap = false, buffer = 1_000, ...policy } = options
  checkHandler(handler)
  checkOption('buffer', buffer, isCount, 'must be a whole number above 0')
  return new Following(bus, log, {
    ...wantedOf(pattern, { after, from }),
    patterns: pattern,
    handler,
    name: policy.name ?? (handler.name || 'anonymous'),
    policy,
    acceptGap,
    limit: buffer,
    delay: exponential().delay,
  })
}

/** Throws `option-invalid`, `pattern-invalid`. */
function wantedOf(patterns: Patterns, query: LogQuery): Pick<CatchUpSettings, 'query' | 'isWanted'> {
  const all = (isList(patterns) ? patterns : [patterns]).map(toPattern)
  const [pattern] = all
  const isWanted = all.map(matching)
  const whole = all.length === 1 ? { ...query, pattern } : query // a log is asked for one pattern, or for all
  checkQuery(whole)
  return { query: whole, isWanted: (type) => isWanted.some((fits) => fits(type)) }
}
