import { type BusEvent, createBus, type EventLog, type LogQuery, record, replay } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openIndexedDbLog } from '../src/indexeddb.ts'

let name: string
let logs: EventLog[]

beforeEach(() => {
  name = `faults ${crypto.randomUUID()}`
  logs = []
})

afterEach(async () => {
  for (const log of logs) await log.close()
  await deleteDB(name)
})

async function open(patience?: number): Promise<EventLog> {
  const log = await openIndexedDbLog(name, patience === undefined ? {} : { patience })
  logs.push(log)
  return log
}

const bus = createBus({ history: { capacity: 0 } })
const events = (count: number, data: unknown = {}): BusEvent[] =>
  Array.from({ length: count }, () => bus.publish('order.paid', data))

async function dataOf(log: EventLog, query?: LogQuery): Promise<unknown[]> {
  const data: unknown[] = []
  for await (const { event } of log.read(query)) data.push(event.data)
  return data
}

describe('the past of a page', () => {
  it('is there after a reload: recorded by one bus, replayed to the next', async () => {
    const before = createBus({ source: 'shop' })
    const recording = record(before, await open())
    before.publish('order.paid', { total: 3 })
    before.publish('login', { password: 'hunter2' })
    await before.close()
    expect(recording).toMatchObject({ stored: 2, waiting: 0 })
    await logs[0]!.close()
    const after = createBus()
    const seen: unknown[] = []
    after.subscribe('**', ({ data }, { isReplay }) => seen.push([data, isReplay]))
    await replay(await open(), after).done
    expect(seen).toEqual([
      [{ total: 3 }, true],
      [{ password: '(masked)' }, true],
    ])
  })
})

describe('a database that others hold', () => {
  it('lets another tab upgrade it, and says what is wrong then', async () => {
    const log = await open()
    await log.append(events(3))
    const newer = await openDB(name, 99) // does not wait for us
    newer.close()
    await expect(log.append(events(1))).rejects.toMatchObject({
      code: 'log-failed',
      cause: { name: 'VersionError' },
    })
  })

  it('is waited for, and given up after a while with log-locked', async () => {
    const other = await openDB(name, 1, { upgrade: (db) => void db.createObjectStore('other') })
    const upgrading = openDB(name, 2) // waits for the other to close, and we wait for it
    await expect(open(50)).rejects.toMatchObject({ code: 'log-locked', details: { log: name } })
    other.close()
    ;(await upgrading).close()
  })

  it('is made anew when another tab has deleted it; whoever followed hears of it', async () => {
    const log = await open()
    await log.append(events(3))
    await deleteDB(name)
    await log.append(events(1))
    expect(await log.count()).toBe(1)
    await expect(dataOf(log, { after: 3 })).rejects.toMatchObject({ code: 'log-gap' })
  })
})

interface Buckets {
  open(name: string, options: { readonly quota: number }): Promise<{ readonly indexedDB: IDBFactory }>
  delete(name: string): Promise<void>
}

describe('a database without room', () => {
  const buckets = (navigator as unknown as { readonly storageBuckets: Buckets }).storageBuckets
  const { indexedDB: usual } = globalThis
  const use = (indexedDB: IDBFactory): void =>
    void Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true })

  beforeEach(async () => {
    use((await buckets.open('small', { quota: 5_000_000 })).indexedDB)
  })

  afterEach(async () => {
    await buckets.delete('small')
    use(usual)
  })

  /** Nothing that the browser could press together. */
  const noise = (): string =>
    Array.from({ length: 4 }, () =>
      String.fromCharCode(
        ...crypto.getRandomValues(new Uint16Array(30_000)).map((n) => 0x4e00 + (n % 20_000)),
      ),
    ).join('')
  const large = (): BusEvent => bus.publish('large', noise())

  /** Answers with how many had room. */
  async function fill(log: EventLog): Promise<number> {
    for (let n = 0; n < 100; n++) {
      try {
        await log.append([large(), large()])
      } catch (error) {
        expect(error).toMatchObject({
          code: 'log-full',
          details: { log: name },
          cause: { name: 'QuotaExceededError' },
        })
        return 2 * n
      }
    }
    throw new Error('it is never full')
  }

  it('says that it is full, and has nothing of the batch that was too much', async () => {
    const log = await open()
    const count = await fill(log)
    expect(count).toBeGreaterThan(2)
    expect(await log.count()).toBe(count)
  })

  it('can be pruned though there is room for nothing at all', async () => {
    const log = await open()
    await fill(log)
    const small = async (): Promise<void> => {
      for (let n = 0; n < 5_000; n++) await log.append([bus.publish('small', 'x'.repeat(1_000))])
    }
    await expect(small()).rejects.toMatchObject({ code: 'log-full' })
    expect(await log.prune(Number.POSITIVE_INFINITY)).toBeGreaterThan(2)
    expect(await log.count()).toBe(0)
  })

  it('a recording waits until there is room again', async () => {
    const log = await open()
    const count = await fill(log)
    const shop = createBus({ logger: { log: () => undefined } })
    let failures = 0
    shop.tap$.subscribe((signal) => signal.type === 'log' && signal.status === 'failed' && failures++)
    const recording = record(shop, log, { retention: false, retry: { delay: () => 10 } })
    for (let n = 0; n < 4; n++) shop.publish('a', noise())
    await until(() => failures > 2, 'the recording has tried')
    expect(recording).toMatchObject({ stored: 0, waiting: 4 })
    expect(await log.prune(Number.POSITIVE_INFINITY)).toBe(count)
    await recording.flush()
    expect(recording).toMatchObject({ stored: 4, dropped: 0 })
    expect(await log.count()).toBe(4)
    await recording.close()
  })
})

describe('a database without room for a single number', () => {
  it('is pruned all the same, and whoever followed hears of a gap', async () => {
    const log = await open()
    await log.append(events(10))
    const full = new DOMException('full', 'QuotaExceededError')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full
    })
    expect(await log.prune(0, 4)).toBe(6)
    await expect(log.count({ after: 3 })).rejects.toMatchObject({ code: 'log-gap', details: { removed: 10 } })
    put.mockRestore()
    expect(await log.count()).toBe(4)
    await log.append(events(2))
    await expect(log.count({ after: 3 })).rejects.toMatchObject({
      code: 'log-gap',
      details: { removed: 10, last: 12 },
    })
    expect(await log.count({ after: 10 })).toBe(2)
  })
})

describe('a row that is damaged', () => {
  it('ends the reading, and says where', async () => {
    const log = await open()
    await log.append(events(3))
    const db = await openDB(name)
    const row: unknown = await db.get('events_log', 2)
    await db.put('events_log', { ...(row as object), data: '{' })
    db.close()
    await expect(dataOf(log)).rejects.toMatchObject({
      code: 'log-corrupt',
      details: { reason: 'the data at position 2 is no JSON' },
    })
    expect(await dataOf(log, { after: 2 })).toHaveLength(1)
  })
})

describe('finding', () => {
  it('the few of a user or a flow among the many, page by page, in both directions', async () => {
    const log = await open()
    const many = Array.from({ length: 3_000 }, (_, n) =>
      bus.publish('a', n, {
        userId: n % 3 === 0 ? 'ada' : 'bob',
        correlationId: n % 1_000 === 7 ? 'rare' : `flow ${n}`,
      }),
    )
    await log.append(many)
    const adas = Array.from({ length: 1_000 }, (_, n) => n * 3)
    expect(await dataOf(log, { userId: 'ada' })).toEqual(adas)
    expect(await dataOf(log, { userId: 'ada', direction: 'backward' })).toEqual(adas.toReversed())
    expect(await dataOf(log, { correlationId: 'rare', direction: 'backward' })).toEqual([2_007, 1_007, 7])
    expect(await dataOf(log, { userId: 'ada', after: 2_990 })).toEqual([2_991, 2_994, 2_997])
    expect(await dataOf(log, { userId: 'ada', after: 8, direction: 'backward' })).toEqual([6, 3, 0])
  })
})
