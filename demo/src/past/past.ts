import { type AnyBus, type BusEvent, type EventLog, record } from '@heliobus/core'
import { openIndexedDbLog } from '@heliobus/event-log/indexeddb'

/** Entries that the browser keeps, give or take a tenth; none is older than seven days. */
export const KEPT = 20_000

const NAME = 'heliobus-observatory'
const PATIENCE = 2_000 // ms; a page that comes late is worse than one without a past
const LOOK = 60_000 // ms between two looks at what is too old or too much

/** What this browser remembers of the observatory. */
export interface Past {
  readonly log: EventLog
  /** Of the newest entry from before this page, 0 when there was none. */
  readonly position: number
}

/**
 * Records all that happens on the bus in the browser; undefined when the browser keeps nothing. Every tab records all it
 * sees into the same log, where an id is stored once: were one tab chosen to do it for all, what it had not stored yet would
 * be lost with it.
 */
export async function openPast(bus: AnyBus): Promise<Past | undefined> {
  try {
    const log = await openIndexedDbLog(NAME, { patience: PATIENCE })
    const position = await positionOf(log)
    record(bus, log, { name: 'browser', retention: { keep: KEPT, every: LOOK } })
    return { log, position }
  } catch {
    return undefined
  }
}

async function positionOf(log: EventLog): Promise<number> {
  for await (const { position } of log.read({ direction: 'backward', limit: 1 })) return position
  return 0
}

/** What happened before this page was opened. */
export interface Summary {
  readonly count: number
  readonly oldest: BusEvent
  /** The newest few, newest first. */
  readonly newest: readonly BusEvent[]
}

const FEW = 4

/** Undefined when nothing did, or nothing is left of it. Looks at every entry: not for each frame. */
export async function summaryOf({ log, position }: Past): Promise<Summary | undefined> {
  const newest: BusEvent[] = []
  let oldest: BusEvent | undefined
  let count = 0
  for await (const { event } of log.read({ after: position + 1, direction: 'backward' })) {
    if (count++ < FEW) newest.push(event)
    oldest = event
  }
  return oldest && { count, oldest, newest }
}
