import { type BusEvent, createBus, type EventLog, type LogQuery, record } from '@heliobus/core'
import { createTestBus } from '@heliobus/testing'
import Database from 'libsql'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSqliteLog, type SqliteLogOptions, type SqlLog } from '../src/sqlite.ts'

let folder: string
let file: string
const logs: EventLog[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heliobus-log-'))
  file = join(folder, 'events.db')
})

afterEach(async () => {
  for (const log of logs.splice(0)) await log.close()
  rmSync(folder, { recursive: true })
})

async function open(options?: SqliteLogOptions): Promise<SqlLog> {
  const log = await openSqliteLog(file, options)
  logs.push(log)
  return log
}

const bus = createBus({ source: 'shop', history: { capacity: 0 } })
const events = (count: number, data: unknown = {}): BusEvent[] =>
  Array.from({ length: count }, () => bus.publish('order.paid', data))

async function dataOf(log: EventLog, query?: LogQuery): Promise<unknown[]> {
  const data: unknown[] = []
  for await (const { event } of log.read(query)) data.push(event.data)
  return data
}

/** The same file in the hands of somebody else. */
function stranger<T>(work: (db: InstanceType<typeof Database>) => T): T {
  const db = new Database(file)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

describe('the table', () => {
  it('has the columns that all logs have, and indexes on what is asked for', async () => {
    const log = await open()
    await log.append([bus.publish('order.paid', { total: 3 }, { subject: 'o7', userId: 'u1' })])
    const columns = stranger((db) => db.prepare('PRAGMA table_info(events_log)').all()) as { name: string }[]
    expect(columns.map(({ name }) => name)).toEqual(
      'position id type source subject user_id key time version correlation_id causation_id traceparent data'.split(
        ' ',
      ),
    )
  })

  it('finds by an index whatever can be asked for', async () => {
    await (await open()).append(events(10))
    const expected: readonly (readonly [query: LogQuery, page: string, count: string])[] = [
      [{ after: 5 }, 'PRIMARY KEY', 'PRIMARY KEY'],
      [{ direction: 'backward' }, 'PRIMARY KEY', 'PRIMARY KEY'],
      [{ pattern: 'order.*' }, 'PRIMARY KEY', 'events_log_type_time'],
      [{ pattern: 'order.*', from: 5, to: 9 }, 'PRIMARY KEY', 'events_log_type_time'],
      [{ from: 5 }, 'PRIMARY KEY', 'PRIMARY KEY'],
      [{ subject: 'o7' }, 'PRIMARY KEY', 'PRIMARY KEY'],
      [{ userId: 'u1' }, 'events_log_user_id', 'events_log_user_id'],
      [{ correlationId: 'c1' }, 'events_log_correlation_id', 'events_log_correlation_id'],
    ]
    const prepare = vi.spyOn(Database.prototype, 'prepare')
    for (const [query, page, count] of expected) {
      const log = await open() // which has not prepared anything yet
      await dataOf(log, query)
      expect([query, planOf(prepare, /ORDER BY position .* LIMIT/)]).toEqual([
        query,
        expect.stringContaining(page),
      ])
      await log.count(query)
      expect([query, planOf(prepare, /^SELECT count/)]).toEqual([query, expect.stringContaining(count)])
    }
    await (await open()).tally({ pattern: 'order.*', from: 5, every: 1_000 })
    expect(planOf(prepare, /GROUP BY/)).toContain('COVERING INDEX events_log_type_time (type=? AND time>?)')
    prepare.mockRestore()
  })

  /** How SQLite would go about the last statement of this kind. */
  function planOf(
    prepare: { readonly mock: { readonly calls: readonly unknown[][] } },
    kind: RegExp,
  ): string {
    const sql = prepare.mock.calls.map(([text]) => String(text)).findLast((text) => kind.test(text))!
    const plan = stranger((db) =>
      db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(sql.match(/\?/g)!.map(() => null)),
    )
    const steps = (plan as { detail: string }[]).map(({ detail }) => detail)
    expect(
      steps.filter((step) => /SCAN events_log|B-TREE FOR ORDER/.test(step) && !/GROUP BY/.test(sql)),
    ).toEqual([])
    return steps.join('; ')
  }

  it('can be read with SQL by others while it is written', async () => {
    const log = await open()
    const recording = record(bus, log, { pattern: 'order.paid', retention: false })
    for (let n = 0; n < 10; n++) bus.publish('order.paid', { n })
    await recording.flush()
    const sql = "SELECT type, count(*) AS count, sum(data ->> 'n') AS sum FROM events_log GROUP BY type"
    expect(stranger((db) => db.prepare(sql).all())).toMatchObject([
      { type: 'order.paid', count: 10, sum: 45 },
    ])
    await recording.close()
  })

  it('is made once, though several open the file at the same time', async () => {
    const opened = await Promise.all([open(), open(), open()])
    await Promise.all(opened.map((log) => log.append(events(10))))
    expect(await opened[0].count()).toBe(30)
  })

  it('of a newer version than is known is left alone', async () => {
    await (await open()).close()
    stranger((db) => db.exec("UPDATE events_log_state SET value = 99 WHERE name = 'schema'"))
    await expect(open()).rejects.toMatchObject({
      code: 'log-failed',
      cause: { message: 'its tables are of version 99, newer than 1, which is known here' },
    })
  })
})

describe('a file that somebody else has locked', () => {
  it('is waited for', async () => {
    const log = await open()
    const db = new Database(file)
    db.exec('BEGIN IMMEDIATE')
    const appending = log.append(events(3))
    await setTimeout(30) // the lock is real, so is the time
    db.exec('COMMIT')
    db.close()
    await appending
    expect(await log.count()).toBe(3)
  })

  it('is given up after a while, with log-locked; later it goes on', async () => {
    const log = await open({ patience: 20, name: 'audit' })
    const db = new Database(file)
    db.exec('BEGIN IMMEDIATE')
    await expect(log.append(events(3))).rejects.toMatchObject({
      code: 'log-locked',
      details: { log: 'audit' },
    })
    await expect(log.prune(Number.POSITIVE_INFINITY)).resolves.toBe(0) // there is nothing to remove
    expect(await log.count()).toBe(0) // who reads is not kept out
    db.exec('COMMIT')
    db.close()
    await log.append(events(3))
    expect(await log.count()).toBe(3)
  })

  it('a recording goes on by itself, and nothing is missing or there twice', async () => {
    const test = createTestBus({ logger: { log: () => undefined } })
    const log = await open({ patience: 0 })
    const recording = record(test.bus, log, { retention: false })
    const db = new Database(file)
    db.exec('BEGIN IMMEDIATE')
    for (let n = 0; n < 20; n++) test.bus.publish('a', n)
    await test.advance(5_000)
    expect(recording).toMatchObject({ waiting: 20, stored: 0 })
    db.exec('COMMIT')
    db.close()
    await test.advance(60_000)
    await recording.flush()
    expect(await dataOf(log)).toEqual(Array.from({ length: 20 }, (_, n) => n))
    await recording.close()
  })
})

describe('a file that is damaged', () => {
  it('is no database at all', async () => {
    writeFileSync(file, 'It was a dark and stormy night. '.repeat(200))
    await expect(open()).rejects.toMatchObject({
      code: 'log-corrupt',
      details: { log: 'events.db', reason: 'file is not a database' },
    })
  })

  it('has a row whose data is no JSON: reading stops there, and says where', async () => {
    const log = await open()
    await log.append(events(3))
    stranger((db) => db.exec("UPDATE events_log SET data = '{' WHERE position = 2"))
    const read: number[] = []
    const reading = async (): Promise<void> => {
      for await (const { position } of log.read()) read.push(position)
    }
    await expect(reading()).rejects.toMatchObject({
      code: 'log-corrupt',
      details: { reason: 'the data at position 2 is no JSON' },
    })
    expect(read).toEqual([1])
    expect(await dataOf(log, { after: 2 })).toHaveLength(1)
  })

  it('has pages of something else in its middle: whoever reads or writes is told', async () => {
    const log = await openSqliteLog(file)
    for (let n = 0; n < 10; n++) await log.append(events(1_000, { filler: 'x'.repeat(200) }))
    await log.close() // so that all of it is in the one file
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill('dark and stormy ', 4_096 * 5, bytes.length - 4_096 * 5))
    const damaged = await open()
    await expect(dataOf(damaged)).rejects.toMatchObject({
      code: 'log-corrupt',
      details: { log: 'events.db' },
    })
    await expect(damaged.append(events(100))).rejects.toMatchObject({ code: 'log-corrupt' })
  })

  it('cannot be there at all', async () => {
    await expect(openSqliteLog(join(folder, 'nowhere', 'events.db'))).rejects.toMatchObject({
      code: 'log-failed',
    })
  })
})

describe('a file that is full', () => {
  it('says so, and takes more when something went', async () => {
    const log = await open({ maxBytes: 200_000 })
    const large = { text: 'x'.repeat(1_000) }
    const fill = async (): Promise<void> => {
      for (let n = 0; n < 1_000; n++) await log.append(events(10, large))
    }
    await expect(fill()).rejects.toMatchObject({ code: 'log-full', details: { log: 'events.db' } })
    const count = await log.count()
    expect(count).toBeGreaterThan(50)
    expect(count % 10).toBe(0) // the append that failed has left nothing
    expect(await log.prune(0, 10)).toBe(count - 10)
    await log.append(events(10, large))
    expect(await log.count()).toBe(20)
  })
})

describe('long reading', () => {
  it('lets others have their turn', async () => {
    const log = await open()
    for (let n = 0; n < 10; n++) await log.append(events(1_000))
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    for await (const _ of log.read());
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('finds the rare among the many, in both directions, over holes', async () => {
    const log = await open()
    const rare = (n: number): BusEvent => ({ ...bus.publish('rare', n), time: 5_000 })
    await log.append([rare(0)])
    for (let n = 1; n <= 3; n++) {
      for (let batch = 0; batch < 15; batch++)
        await log.append(events(1_000).map((event) => ({ ...event, time: 1_000 })))
      await log.append([rare(n)])
    }
    expect(await dataOf(log, { pattern: 'rare' })).toEqual([0, 1, 2, 3])
    expect(await dataOf(log, { pattern: 'rare', direction: 'backward', limit: 2 })).toEqual([3, 2])
    expect(await dataOf(log, { from: 2_000, limit: 3 })).toEqual([0, 1, 2])
    expect(await log.prune(2_000)).toBe(45_000)
    expect(await dataOf(log)).toEqual([0, 1, 2, 3])
    expect(await dataOf(log, { direction: 'backward' })).toEqual([3, 2, 1, 0])
  }, 20_000)
})

describe('options', () => {
  it('an append that is synced is stored, too', async () => {
    const log = await open({ isSynced: true })
    await log.append(events(3))
    expect(await log.count()).toBe(3)
  })

  it('a log in memory is one for itself', async () => {
    const [one, other] = [await openSqliteLog(':memory:'), await openSqliteLog(':memory:')]
    await one.append(events(2))
    expect([await one.count(), await other.count()]).toEqual([2, 0])
    await one.close()
    await other.close()
  })
})
