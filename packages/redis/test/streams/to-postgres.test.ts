import {
  bridge,
  type Bus,
  createBus,
  defineCatalog,
  defineEvent,
  type EventLog,
  record,
} from '@heliobus/core'
import { openOutbox } from '@heliobus/event-log/outbox'
import { openPostgresLog } from '@heliobus/event-log/postgres'
import { createClient } from 'redis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { PostgresServer } from '../../../event-log/test/postgres-server.ts'
import { nodeRedis, type RedisStreams, redisStreams } from '../../src/index.ts'
import { startServer } from '../world.ts'

const OrderPaid = defineEvent('order.paid', { data: z.object({ n: z.number() }) })
const catalog = defineCatalog(OrderPaid)
const patience = { timeout: 30_000, interval: 20 }
const silent = { log: () => undefined }

const redis = await startServer()
const postgres = new PostgresServer()
beforeAll(() => postgres.start(), 120_000)
afterAll(() => postgres.stop())

/** What a log in PostgreSQL gets of its own group, and what the group still waits for. */
interface Scene {
  readonly shop: Bus
  readonly stream: RedisStreams
  rows(): Promise<{ readonly rows: number; readonly ids: number }>
  /** Not acknowledged. */
  open(): Promise<number>
  unread(): Promise<number>
  /** How often storing has failed. */
  readonly failures: number
  close(): Promise<void>
}

function streamOf(namespace: string, group?: string): RedisStreams {
  const client = nodeRedis(createClient({ url: redis.url }))
  return redisStreams({ client, namespace, shards: 4, ...(group !== undefined && { group }) })
}

async function createScene(change: (log: EventLog) => EventLog = (log) => log): Promise<Scene> {
  const [namespace, schema] = [crypto.randomUUID(), await postgres.schema()]
  const pool = postgres.connect()
  const log = await openPostgresLog(pool, { schema })
  const [shop, archive] = [createBus({ source: 'shop', logger: silent }), createBus({ logger: silent })]
  const stream = streamOf(namespace, 'archive')
  let failures = 0
  archive.tap$.subscribe((signal) => signal.type === 'log' && signal.status === 'failed' && failures++)
  const recording = record(archive, change(log), { retry: { delay: () => 50 } })
  await bridge(archive, stream, { send: [] })
  await bridge(shop, streamOf(namespace), { send: ['**'] })
  return {
    shop,
    stream,
    async rows() {
      const sql = `SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids FROM ${schema}.events_log`
      const { rows } = await pool.query<{ rows: number; ids: number }>(sql)
      return rows[0]!
    },
    async open() {
      return (await stream.inspect()).reduce((sum, { lag = 0, pending }) => sum + lag + pending, 0)
    },
    async unread() {
      await shop.drain()
      return (await stream.inspect()).reduce((sum, { lag = 0 }) => sum + lag, 0)
    },
    get failures() {
      return failures
    },
    async close() {
      await Promise.all([shop.close(), archive.close()])
      await recording.close()
      await log.close()
      await pool.end()
      await postgres.drop(schema)
    },
  }
}

function publish(bus: Bus, count: number): void {
  for (let n = 0; n < count; n++) bus.publish('order.paid', { n }, { subject: `o-${n % 10}` })
}

describe('a log in PostgreSQL that is a group of its own', () => {
  test('has every event once, and the group waits for none', async () => {
    const scene = await createScene()
    publish(scene.shop, 300)
    await expect.poll(() => scene.rows(), patience).toEqual({ rows: 300, ids: 300 })
    await expect.poll(() => scene.open(), patience).toBe(0)
    await scene.close()
  }, 60_000)

  /** Looks at it when PostgreSQL is away, and 200 events are with the recording. */
  async function whileAway(scene: Scene, look: () => Promise<void>): Promise<void> {
    publish(scene.shop, 100)
    await expect.poll(() => scene.open(), patience).toBe(0)
    await postgres.kill()
    try {
      publish(scene.shop, 200)
      await expect.poll(() => scene.unread(), patience).toBe(0)
      await look()
    } finally {
      await postgres.restart()
    }
  }

  test.skipIf(!postgres.isOurs)(
    'is acknowledged after COMMIT: what it has not stored stays with the group',
    async () => {
      const scene = await createScene()
      await whileAway(scene, async () => {
        await expect.poll(() => scene.failures, patience).toBeGreaterThan(5)
        expect(await scene.open()).toBe(200)
      })
      await expect.poll(() => scene.rows(), patience).toEqual({ rows: 300, ids: 300 })
      await expect.poll(() => scene.open(), patience).toBe(0)
      await scene.close()
    },
    60_000,
  )

  test.skipIf(!postgres.isOurs)(
    'and one that says too soon that it has stored fails this test',
    async () => {
      const hasty = (log: EventLog): EventLog => ({
        append: async (events) => void log.append(events).catch(() => undefined),
        read: (query) => log.read(query),
        count: (query) => log.count(query),
        prune: (before, keep) => log.prune(before, keep),
        close: () => log.close(),
      })
      const scene = await createScene(hasty)
      await whileAway(scene, () => expect.poll(() => scene.open(), patience).toBe(0))
      await scene.close()
    },
    60_000,
  )
})

test('what is written in a transaction comes to every group, once, in the order of its key', async () => {
  const [namespace, schema] = [crypto.randomUUID(), await postgres.schema()]
  const pool = postgres.connect()
  const outbox = await openOutbox(pool, { catalog, source: 'shop', table: `${schema}.outbox` })
  const relay = await outbox.relay(streamOf(namespace))
  const mailer = createBus({ logger: silent })
  const handled: unknown[] = []
  mailer.subscribe('order.paid', ({ data }) => void handled.push(Reflect.get(Object(data), 'n')))
  await bridge(mailer, streamOf(namespace, 'mail'), { send: [] })
  const client = await pool.connect()
  for (let n = 0; n < 20; n++) {
    await client.query('BEGIN')
    await outbox.write(client, OrderPaid({ n }, { subject: 'o-1' }))
    await client.query(n % 5 === 4 ? 'ROLLBACK' : 'COMMIT')
    relay.wake()
  }
  client.release()
  const committed = Array.from({ length: 20 }, (_, n) => n).filter((n) => n % 5 !== 4)
  await expect.poll(() => handled, patience).toEqual(committed)
  await outbox.close()
  await mailer.close()
  await pool.end()
  await postgres.drop(schema)
}, 60_000)
