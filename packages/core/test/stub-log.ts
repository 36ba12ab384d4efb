import { type BusEvent, createMemoryLog, type EventLog, type LogQuery } from '../src/index.ts'

/** A log in the hands of the test: what was appended stands in `appends`, and `answer` says what happens next. */
export interface StubLog extends EventLog {
  /** The data of the events of each call of `append`, those that failed included. */
  readonly appends: (readonly unknown[])[]
  /** What is done before the events are stored; by default nothing. */
  answer: (events: readonly BusEvent[]) => void | Promise<void>
  /** The same for pruning. */
  pruning: () => void | Promise<void>
  /** The arguments of each call of `prune`. */
  readonly prunes: (readonly [before: number, keep: number | undefined])[]
}

export function createStubLog(): StubLog {
  const log = createMemoryLog()
  const stub: StubLog = {
    appends: [],
    prunes: [],
    answer: () => undefined,
    pruning: () => undefined,
    async append(events) {
      stub.appends.push(events.map(({ data }) => data))
      await stub.answer(events)
      await log.append(events)
    },
    async prune(before, keep) {
      stub.prunes.push([before, keep])
      await stub.pruning()
      return log.prune(before, keep)
    },
    read: (query) => log.read(query),
    count: (query) => log.count(query),
    close: () => log.close(),
  }
  return stub
}

export async function storedIn(log: EventLog, query?: LogQuery): Promise<BusEvent[]> {
  const events: BusEvent[] = []
  for await (const { event } of log.read(query)) events.push(event)
  return events
}

export async function dataIn(log: EventLog, query?: LogQuery): Promise<unknown[]> {
  return (await storedIn(log, query)).map(({ data }) => data)
}
