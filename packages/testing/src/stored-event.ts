import type { BusEvent, EventLog, LogEntry, LogQuery } from '@heliobus/core'

const TIME = Date.UTC(2001, 1, 3, 4, 5, 6, 789)

/** An event to be stored, with an id of its own and every member that can be set. */
export function storedEvent(changes: Partial<BusEvent> = {}): BusEvent {
  const id = crypto.randomUUID()
  return {
    id,
    type: 'contract.sample',
    source: 'contract',
    subject: undefined,
    userId: null,
    key: undefined,
    time: TIME,
    data: { text: 'hello' },
    version: 1,
    correlationId: id,
    causationId: undefined,
    traceparent: undefined,
    hops: 0,
    ...changes,
  }
}

/** Events one ms apart, whose data are their numbers; `change` says what else tells them apart. */
export function storedEvents(
  count: number,
  change: (index: number) => Partial<BusEvent> = () => ({}),
): BusEvent[] {
  return Array.from({ length: count }, (_, index) =>
    storedEvent({ time: TIME + index, data: index, ...change(index) }),
  )
}

export async function entriesOf(log: EventLog, query?: LogQuery): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  for await (const entry of log.read(query)) entries.push(entry)
  return entries
}

export async function eventsOf(log: EventLog, query?: LogQuery): Promise<BusEvent[]> {
  return (await entriesOf(log, query)).map(({ event }) => event)
}

/** The data of the events that a query gives: in most cases their numbers. */
export async function dataOf(log: EventLog, query?: LogQuery): Promise<unknown[]> {
  return (await eventsOf(log, query)).map(({ data }) => data)
}
