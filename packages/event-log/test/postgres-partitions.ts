import { type BusEvent, createBus, type EventLog, record } from '@heliobus/core'
import { createTestBus } from '@heliobus/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPostgresLog, type PostgresLogOptions } from '../src/postgres.ts'
import type { PostgresServer } from './postgres-server.ts'

const DAY = 24 * 60 * 60 * 1_000
const today = Math.floor(Date.now() / DAY) * DAY
const bus = createBus({ history: { capacity: 0 } })
const at = (time: number, count = 1): BusEvent[] =>
  Array.from({ length: count }, (_, n) => ({ ...bus.publish('order.paid', n), time: time + n }))
const nameOf = (time: number, length: number): string =>
  `events_log_${new Date(time).toISOString().replaceAll('-', '').slice(0, length)}`

/** How time is cut into partitions, and how they go. */
export function partitions(server: PostgresServer): void {
  let schema: string
  const open = (options?: PostgresLogOptions): Promise<EventLog> =>
    openPostgresLog(server.pool, { schema, ...options })

  beforeEach(async () => {
    schema = await server.schema()
  })
  afterEach(() => server.drop(schema))

  /** Each with how many rows it holds. */
  async function tables(): Promise<Record<string, number>> {
    const { rows } = await server.pool.query<{ name: string; count: number }>(
      `SELECT child.relname AS name, (xpath('/row/n/text()', query_to_xml(
          format('SELECT count(*) AS n FROM %s', child.oid::regclass), false, true, '')))[1]::text::integer AS count
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = '${schema}.events_log'::regclass ORDER BY 1`,
    )
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
  }

  it('are made by the day, as events come', async () => {
    const log = await open()
    await log.append([...at(today, 3), ...at(today - DAY), ...at(today - 1), ...at(today + DAY - 1)])
    expect(await tables()).toEqual({ [nameOf(today - DAY, 8)]: 2, [nameOf(today, 8)]: 4, events_log_rest: 0 })
  })

  it('or by the month, also when they were made by the day before', async () => {
    const date = new Date(today)
    const [month, before] = [0, -1].map((n) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1))
    await (await open()).append(at(today))
    const log = await open({ partition: 'month' })
    await log.append([...at(before!), ...at(month! - 1), ...at(today, 2)])
    expect(await tables()).toEqual({ [nameOf(before!, 6)]: 2, [nameOf(today, 8)]: 3, events_log_rest: 0 })
    expect(await log.count()).toBe(5)
  })

  it('are not made for times that are far away: nobody can have thousands of them', async () => {
    const log = await open()
    const times = Array.from({ length: 300 }, (_, n) => today + (n - 150) * DAY)
    await log.append(times.flatMap((time) => at(time)))
    await log.append([...at(0), ...at(Date.UTC(9999, 11, 31))])
    const made = await tables()
    expect(Object.keys(made).length).toBeLessThan(110)
    expect(Object.values(made).reduce((sum, count) => sum + count)).toBe(302)
    expect(await log.prune(Number.POSITIVE_INFINITY)).toBe(302)
    expect(await tables()).toEqual({ events_log_rest: 0 })
  }, 30_000)

  it('are dropped as a whole, once all of them is old; a reader hears of the gap', async () => {
    const log = await open()
    for (const day of [3, 2, 1, 0]) await log.append(at(today - day * DAY, 10))
    expect(await log.prune(today - DAY - 1)).toBe(10)
    expect(await tables()).toEqual({
      [nameOf(today - 2 * DAY, 8)]: 10,
      [nameOf(today - DAY, 8)]: 10,
      [nameOf(today, 8)]: 10,
      events_log_rest: 0,
    })
    await expect(log.read({ after: 5 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'log-gap',
      details: { after: 5, removed: 10, last: 40 },
    })
    expect(await log.count({ after: 10 })).toBe(30)
    expect(await log.prune(0, 15)).toBe(10) // 15 is in the middle of a day, which stays
    expect(Object.keys(await tables())).toHaveLength(3)
  })

  it('an exact log deletes what is old in the one that is not over', async () => {
    const log = await open({ isExact: true })
    await log.append([...at(today - DAY, 10), ...at(today, 10)])
    expect(await log.prune(today + 4)).toBe(14)
    expect(await tables()).toEqual({ [nameOf(today, 8)]: 6, events_log_rest: 0 })
    expect(await log.prune(0, 2)).toBe(4)
    expect(await log.count()).toBe(2)
  })

  it('an event is one row, in whichever it is, and can come again when that is gone', async () => {
    const log = await open()
    const events = [...at(today - DAY, 5), ...at(today, 5), ...at(0, 5)]
    await log.append(events)
    await (await open({ partition: 'month' })).append(events.toReversed())
    expect(await log.count()).toBe(15)
    expect(await log.prune(today)).toBe(10)
    await log.append(events)
    expect(await log.count()).toBe(15)
  })

  it('the retention of a recording drops them', async () => {
    const log = await open()
    await log.append([...at(today - 9 * DAY, 10), ...at(today, 10)])
    const test = createTestBus({ now: Date.now() })
    const pruned = new Promise<number>((resolve) => {
      test.bus.tap$.subscribe(
        (signal) => signal.type === 'log' && signal.status === 'pruned' && resolve(signal.removed),
      )
    })
    const recording = record(test.bus, log)
    await test.advance(2_000)
    expect(await pruned).toBe(10)
    await recording.close()
    expect(await tables()).toEqual({ [nameOf(today, 8)]: 10, events_log_rest: 0 })
  })

  it('while somebody reads at length, nothing waits for long: events go into the rest, and none is dropped', async () => {
    const log = await open()
    await log.append(at(today - DAY, 2))
    const reader = await server.pool.connect()
    try {
      await reader.query(`BEGIN; SELECT FROM ${schema}.events_log`)
      await log.append(at(today, 3))
      await expect(log.prune(today)).rejects.toMatchObject({ code: 'log-locked' })
      expect(await log.count()).toBe(5)
      expect(await tables()).toEqual({ [nameOf(today - DAY, 8)]: 2, events_log_rest: 3 })
      await reader.query('COMMIT')
    } finally {
      reader.release(true)
    }
    await log.append(at(today + 10))
    expect(await log.prune(Number.POSITIVE_INFINITY)).toBe(6)
  }, 20_000)
}
