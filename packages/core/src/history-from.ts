import type { AnyBus } from './bus.ts'
import { isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { EventLog } from './event-log.ts'
import { ofLog } from './fitting.ts'
import type { Inlet } from './inlet.ts'
import { checkQuery } from './log-query.ts'
import { type PatternLike, toPattern } from './pattern-like.ts'
import { recordedInto } from './recordings.ts'
import { MANY } from './topic.ts'

/** How much of the past is wanted; every member optional. */
export interface HistoryFromOptions {
  /** At most so many. Default 1,000. */
  readonly limit?: number
  /** Only events of before this time, in epoch ms. */
  readonly before?: number
}

/**
 * The newest events that fit, newest first, as far back as the log reaches: first those that `bus.history` still has, then
 * those of the log, upgraded to their definition's version. None is missing and none comes twice in between, so far as the
 * log has what was published before this call: it waits for the recordings of this process. What can't be upgraded is left
 * out, and signalled as `refused`. What is published meanwhile is not in it.
 *
 * Rejects with what reading the log throws, `pattern-invalid` and `option-invalid`.
 *
 * @example
 * const lastMonth = await historyFrom(bus, log, 'order.**', { limit: 50 })
 */
export async function historyFrom(
  bus: AnyBus,
  log: EventLog,
  pattern: PatternLike = MANY,
  { limit = 1_000, before }: HistoryFromOptions = {},
): Promise<BusEvent[]> {
  const wanted = toPattern(pattern)
  checkQuery({ pattern: wanted, limit, to: before })
  const isBefore = ({ time }: BusEvent): boolean => before === undefined || time < before
  const found = bus.history(wanted).filter(isBefore).slice(0, limit)
  const known = new Set(found.map(({ id }) => id))
  const meanwhile = bus.inlet.forward('history', [wanted], ({ id }) => void known.add(id))
  try {
    await recordedInto(log)
    for await (const { event } of log.read({ pattern: wanted, to: before, direction: 'backward' })) {
      if (found.length >= limit) break
      const past = known.has(event.id) ? undefined : asToday(event, bus.inlet)
      if (past !== undefined) found.push(past)
    }
    return found
  } finally {
    meanwhile.unsubscribe()
  }
}

function asToday(event: BusEvent, inlet: Inlet): BusEvent | undefined {
  const definition = inlet.definitionOf(event.type)
  try {
    return definition === undefined ? event : definition.fit(event, ofLog)
  } catch (error) {
    if (!isBusError(error)) throw error
    inlet.tell({ type: 'refused', error, link: 'history' })
    return undefined
  }
}
