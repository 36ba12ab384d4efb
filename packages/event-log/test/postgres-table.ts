import { type BusEvent, createBus, type EventLog, type LogQuery, record } from '@heliobus/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPostgresLog, type PostgresClient } from '../src/postgres.ts'
import type { PostgresServer } from './postgres-server.ts'

const bus = createBus({ source: 'shop', history: { capacity: 0 } })
const events = (count: number): BusEvent[] =>
  Array.from({ length: count }, (_, n) => bus.publish('order.paid', { n }, { userId: 'u1' }))

async function dataOf(log: EventLog, query?: LogQuery): Promise<unknown[]> {
  const data: unknown[] = []
  for await (const { event } of log.read(query)) data.push(event.data)
  return data
}

/** Passes everything on, and keeps how the database would go about what is asked of it. */
function explaining(client: PostgresClient): { readonly client: PostgresClient; plans(): string } {
  const plans: string[] = []
  return {
    plans: () => plans.splice(0).join('\n'),
    client: {
      query: async (text, values) => {
        if (text.includes('FROM "'))
          plans.push(JSON.stringify((await client.query(`EXPLAIN ${text}`, values)).rows))
        return client.query(text, values)
      },
    },
  }
}

/** How the table is made, and asked. */
export function table(server: PostgresServer): void {
  let schema: string
  const open = (client: PostgresClient = server.pool): Promise<EventLog> =>
    openPostgresLog(client, { schema })

  beforeEach(async () => {
    schema = await server.schema()
  })
  afterEach(() => server.drop(schema))

  it('has the columns that all logs have, and can be read with SQL by others', async () => {
    const log = await open()
    const recording = record(bus, log, { pattern: 'order.paid', retention: false })
    events(10)
    await recording.close()
    const { fields } = await server.pool.query(`SELECT * FROM ${schema}.events_log`)
    expect(fields.map(({ name }) => name).join(' ')).toBe(
      'position id type source subject user_id key time version correlation_id causation_id traceparent data',
    )
    const sql = `SELECT type, count(*)::integer AS count, sum((data ->> 'n')::integer)::integer AS sum
      FROM ${schema}.events_log GROUP BY type`
    expect((await server.pool.query(sql)).rows).toEqual([{ type: 'order.paid', count: 10, sum: 45 }])
  })

  it('finds by an index whatever can be asked for', async () => {
    await open()
    await server.pool.query(
      `INSERT INTO ${schema}.events_log
        SELECT n, 'id' || n, CASE WHEN n % 500 = 0 THEN 'rare' ELSE 'common' END, 'shop', 's' || n % 1000, 'u' || n % 1000,
          NULL, 1000 * n, 1, 'c' || n / 5, NULL, NULL, '{}' FROM generate_series(1, 20000) AS n`,
    )
    await server.pool.query(`UPDATE ${schema}.events_log_state SET value = 20000 WHERE name = 'last'`)
    await server.pool.query(`ANALYZE ${schema}.events_log`)
    const { client, plans } = explaining(server.pool)
    const log = await open(client)
    const expected: readonly (readonly [query: LogQuery, count: number, index: RegExp])[] = [
      [{ after: 19_900 }, 100, /_pkey/],
      [{ limit: 100, direction: 'backward' }, 100, /_pkey/],
      [{ pattern: 'rare' }, 40, /_type_time/],
      [{ pattern: 'common', from: 19_900_000 }, 100, /_type_time|_time_idx/],
      [{ userId: 'u7' }, 20, /_user_id/],
      [{ correlationId: 'c7' }, 5, /_correlation_id/],
      [{ from: 19_900_001 }, 100, /_time_idx|_pkey/],
      [{ subject: 's7', after: 19_000 }, 1, /_pkey/],
    ]
    for (const [query, count, index] of expected) {
      plans()
      expect(await dataOf(log, query)).toHaveLength(count)
      expect([query, plans()]).toEqual([query, expect.stringMatching(index)])
      expect(await log.count(query)).toBe(count)
    }
  })

  it('is made once, though several open it at the same time', async () => {
    const opened = await Promise.all([open(), open(), open()])
    await Promise.all(opened.map((log) => log.append(events(10))))
    expect(await opened[0].count()).toBe(30)
  })

  it('of a newer version than is known is left alone', async () => {
    await open()
    await server.pool.query(`UPDATE ${schema}.events_log_state SET value = 99 WHERE name = 'schema'`)
    await expect(open()).rejects.toMatchObject({
      code: 'log-failed',
      cause: { message: 'its tables are of version 99, newer than 1, which is known here' },
    })
  })

  it('may have another name, but none that is more than a name', async () => {
    const log = await openPostgresLog(server.pool, { schema, table: 'audit' })
    const other = await open()
    await log.append(events(2))
    expect([await log.count(), await other.count()]).toEqual([2, 0])
    for (const name of ['', 'Audit', 'a"; DROP TABLE audit; --', 'a b', 'a.b', 'a'.repeat(41)]) {
      await expect(openPostgresLog(server.pool, { schema, table: name })).rejects.toMatchObject({
        code: 'option-invalid',
        details: { option: 'table' },
      })
      await expect(openPostgresLog(server.pool, { schema: name })).rejects.toMatchObject({
        code: 'option-invalid',
      })
    }
  })

  it('gives positions in the order of commits: who reads on after one misses nothing', async () => {
    expect(await missedBy(() => open())).toEqual([])
  })

  it('which a follower notices when they come from a sequence', async () => {
    const log = await open()
    const { rows } = await server.pool.query<{ source: string }>(
      `SELECT pg_get_functiondef('${schema}.events_log_append'::regproc) AS source`,
    )
    await server.pool.query(`CREATE SEQUENCE ${schema}.positions`)
    const mutant = rows[0]!.source.replace(/UPDATE.*?;/, `base := nextval('${schema}.positions');`)
    expect(mutant).not.toBe(rows[0]!.source)
    await server.pool.query(mutant)
    await server.pool.query(`UPDATE ${schema}.events_log_state SET value = 100 WHERE name = 'last'`)
    expect(await missedBy(() => Promise.resolve(log))).toEqual([{ n: 0 }])
  })

  /** Resolves when it is over, or somebody waits for a lock. */
  async function overOrHeldUp(appending: Promise<void>): Promise<void> {
    const over = { isOver: false }
    void appending.then(() => (over.isOver = true))
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
    const isHeldUp = async (): Promise<boolean> => (await server.pool.query(waiting)).rowCount !== 0
    while (!over.isOver && !(await isHeldUp()));
  }

  /** What a follower does not get of two appends, the first of which commits late. */
  async function missedBy(openOne: () => Promise<EventLog>): Promise<unknown[]> {
    const log = await openOne()
    const slow = await server.pool.connect()
    try {
      const found: unknown[] = []
      let after = 0
      const follow = async (): Promise<void> => {
        for await (const { position, event } of log.read({ after })) {
          found.push(event.data)
          after = position
        }
      }
      await slow.query('BEGIN')
      await (await openPostgresLog(slow, { schema })).append([{ ...bus.publish('a', { n: 0 }), time: 0 }])
      const second = log.append([{ ...bus.publish('a', { n: 1 }), time: 0 }])
      await overOrHeldUp(second) // by the first, unless it is not
      await follow()
      await slow.query('COMMIT')
      await second
      await follow()
      return (await dataOf(log)).filter(
        (data) => !found.some((one) => JSON.stringify(one) === JSON.stringify(data)),
      )
    } finally {
      slow.release(true)
    }
  }
}
