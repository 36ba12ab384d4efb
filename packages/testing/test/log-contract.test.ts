import {
  type BusEvent,
  createMemoryLog,
  type EventLog,
  type LogEntry,
  type LogQuery,
  type MemoryLog,
} from '@heliobus/core'
import { describe, expect, test } from 'vitest'
import { declareContract, logContract, type LogStore, runContract } from '../src/index.ts'

const traits = { durable: false }

/** Memory logs, each changed in the same way. */
function over(change: (log: MemoryLog) => Partial<EventLog>): () => Promise<LogStore> {
  return async () => {
    const log = createMemoryLog()
    const parts = change(log)
    const changed: EventLog = {
      append: (events) => log.append(events),
      read: (query) => log.read(query),
      count: (query) => log.count(query),
      prune: (before, keep) => log.prune(before, keep),
      close: () => log.close(),
      ...parts,
    }
    return { open: async () => changed }
  }
}

describe('the log contract over memory', () => {
  declareContract(logContract, { traits, store: over(() => ({})) }, test)
})

describe('a log that breaks the contract fails the case that is about it', () => {
  async function failures(change: (log: MemoryLog) => Partial<EventLog>): Promise<string[]> {
    const results = await runContract(logContract, { traits, store: over(change) })
    return results.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))
  }

  async function* each(
    entries: AsyncIterable<LogEntry>,
    change: (entry: LogEntry, index: number) => LogEntry | undefined,
  ): AsyncGenerator<LogEntry> {
    let index = 0
    for await (const entry of entries) {
      const changed = change(entry, index++)
      if (changed !== undefined) yield changed
    }
  }

  /** A log that does not hear a part of what is asked. */
  const deafTo = (log: MemoryLog, part: keyof LogQuery): Partial<EventLog> => {
    const heard = (query: LogQuery = {}): LogQuery => ({ ...query, [part]: undefined })
    return { read: (query) => log.read(heard(query)), count: (query) => log.count(heard(query)) }
  }

  const appending = (change: (events: readonly BusEvent[]) => readonly BusEvent[]) => (log: MemoryLog) => ({
    append: (events: readonly BusEvent[]) => log.append(change(events)),
  })
  const reading =
    (change: (entry: LogEntry, index: number) => LogEntry | undefined) =>
    (log: MemoryLog): Partial<EventLog> => ({ read: (query) => each(log.read(query), change) })

  const queries = 'every query gives the entries that fit, and count says how many'
  const paging = 'page after page gives each entry once, in both directions'
  const ordered = 'events keep the order in which they were appended, whatever their times'

  test('one that does nothing wrong fails nothing', async () => {
    expect(await failures(() => ({}))).toEqual([])
  })

  test('it loses a member', async () => {
    const poor = reading(({ position, event }) => ({ position, event: { ...event, traceparent: undefined } }))
    expect(await failures(poor)).toEqual(['an event comes back as it was'])
  })

  test('it keeps what belongs to the way', async () => {
    const hops = reading(({ position, event }) => ({ position, event: { ...event, hops: 2 } }))
    expect(await failures(hops)).toContain('what came over bridges is stored as if it had not')
  })

  test('it loses the last of a batch', async () => {
    const hasty = appending((events) => (events.length > 5 ? events.slice(0, -1) : events))
    expect(await failures(hasty)).toContain('thousands of events are read to the last')
  })

  test('it sorts by time', async () => {
    const sorting = appending((events) => events.toSorted((a, b) => a.time - b.time))
    expect(await failures(sorting)).toContain(ordered)
  })

  test('it keeps an id twice', async () => {
    const twice = appending((events) => events.map((event) => ({ ...event, id: crypto.randomUUID() })))
    expect(await failures(twice)).toContain('an id that comes again changes nothing')
  })

  test('it counts positions per reading', async () => {
    const counting = reading(({ event }, index) => ({ position: index + 1, event }))
    expect(await failures(counting)).toContain('positions are not given twice, though all entries go')
  })

  for (const part of [
    'pattern',
    'from',
    'to',
    'subject',
    'userId',
    'correlationId',
    'limit',
    'direction',
  ] as const) {
    test(`it does not hear ${part}`, async () => {
      expect(await failures((log) => deafTo(log, part))).toContain(queries)
    })
  }

  test('it does not hear that a gap is accepted', async () => {
    expect(await failures((log) => deafTo(log, 'acceptGap'))).toEqual([
      'who reads after a position that is not there any more is told of the gap',
    ])
  })

  test('it begins each page with the last of the one before', async () => {
    const again = ({ after, ...query }: LogQuery = {}): LogQuery =>
      after === undefined ? query : { ...query, after: Math.max(0, after - 1) }
    expect(await failures((log) => ({ read: (query) => log.read(again(query)) }))).toContain(paging)
  })

  test('it says nothing of what has gone', async () => {
    const silent = (log: MemoryLog): Partial<EventLog> => {
      const accepting = (query?: LogQuery): LogQuery => ({ ...query, acceptGap: true })
      return { read: (query) => log.read(accepting(query)), count: (query) => log.count(accepting(query)) }
    }
    expect(await failures(silent)).toEqual([
      'who reads after a position that is not there any more is told of the gap',
      'who reads after a position of another log is told, too',
    ])
  })

  test('it leaves what is old', async () => {
    expect(await failures((log) => ({ prune: (_before, keep) => log.prune(0, keep) }))).toContain(
      'what is older than a time goes, and the rest stays',
    )
    expect(await failures((log) => ({ prune: (before) => log.prune(before) }))).toContain(
      'the oldest go when there are too many',
    )
  })

  test('it reads on over what goes meanwhile', async () => {
    const blind = (log: MemoryLog): Partial<EventLog> => ({
      async *read(query) {
        let after = 0
        for (let isOver = false; !isOver;) {
          isOver = true
          for await (const entry of log.read({
            ...query,
            limit: 100,
            after: after || query?.after,
            acceptGap: true,
          })) {
            isOver = false
            after = entry.position
            yield entry
          }
        }
      },
    })
    expect(await failures(blind)).toContain(
      'what goes while it is being read is a gap, not a part that is missing',
    )
  })

  test('it stores a part of a batch that it refuses', async () => {
    const partly = (log: MemoryLog): Partial<EventLog> => ({
      async append(events) {
        for (const event of events) await log.append([event])
      },
    })
    expect(await failures(partly)).toEqual([
      'an event that cannot be stored is refused with its path, and none of its batch is stored',
    ])
  })

  test('it loses what JSON loses', async () => {
    const plain = appending((events) =>
      events.map((event) => ({
        ...event,
        data: JSON.parse(JSON.stringify({ data: event.data }, withoutBig)).data as unknown,
      })),
    )
    expect(await failures(plain)).toContain(
      'an event that cannot be stored is refused with its path, and none of its batch is stored',
    )
  })

  test('it gives everybody the same object', async () => {
    const known = new Map<string, BusEvent>()
    const sharing = reading(({ position, event }) => {
      if (!known.has(event.id)) known.set(event.id, event)
      return { position, event: known.get(event.id)! }
    })
    expect(await failures(sharing)).toEqual(['nobody shares an object with the log'])
  })

  test('it cannot close twice, or does not close', async () => {
    const closing = 'closing twice is fine, and a closed log says so'
    let isClosed = false
    const once = (log: MemoryLog): Partial<EventLog> => ({
      async close() {
        if (isClosed) throw new Error('closed already')
        isClosed = true
        await log.close()
      },
    })
    expect(await failures(once)).toContain(closing)
    expect(await failures(() => ({ close: async () => undefined }))).toEqual([closing])
  })

  test('it gives positions out of turn, so that a follower misses some', async () => {
    let turn = 0
    const late = (log: MemoryLog): Partial<EventLog> => ({
      async append(events) {
        if (turn++ % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
        await log.append(events)
      },
    })
    expect(await failures(late)).toContain('appends that do not wait for each other keep their order')
  })
})

function withoutBig(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}
