import {
  defineCatalog,
  defineEvent,
  type Link,
  type Port,
  type Transport,
  type WireEvent,
} from '@heliobus/core'
import { createManualClock, until } from '@heliobus/testing'
import { Client, type Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { openOutbox, type Outbox } from '../src/outbox.ts'
import { PostgresServer } from './postgres-server.ts'

const OrderPaid = defineEvent('order.paid', {
  data: z.object({ n: z.number() }),
  key: ({ subject }) => subject,
})
const CardAdded = defineEvent('card.added', { data: z.object({ number: z.string() }), sensitive: ['number'] })
const catalog = defineCatalog(OrderPaid, CardAdded)

const patience = { timeout: 20_000 }
const server = new PostgresServer()
let schema = 'public'
let pool: Pool

beforeAll(async () => {
  await server.start()
  pool = server.pool
  schema = await server.schema()
}, 120_000)

afterAll(async () => {
  await pool.query(`DROP SCHEMA ${schema} CASCADE`)
  await server.stop()
})

let table = 'outbox'
let tables = 0
beforeEach(() => {
  table = `${schema}.outbox_${++tables}`
})

/** The other side: keeps what it has accepted. */
class Shore implements Transport {
  readonly name = 'shore'
  readonly traits = {
    ordered: true,
    durable: true,
    acknowledges: true,
    reconnects: true,
    zone: 'network',
  } as const
  readonly accepted: WireEvent[] = []
  /** Asked before anything is accepted. */
  before: (events: readonly WireEvent[]) => void | Promise<void> = () => undefined
  rejects: (event: WireEvent) => string | undefined = () => undefined
  opened = 0

  async open(_port: Port): Promise<Link> {
    this.opened++
    return {
      send: async (events) => {
        await this.before(events)
        const reasons = events.map((event) => this.rejects(event))
        this.accepted.push(...events.filter((_, index) => reasons[index] === undefined))
        return reasons.flatMap((reason, index) => (reason === undefined ? [] : [{ index, reason }]))
      },
      close: async () => undefined,
    }
  }

  get numbers(): unknown[] {
    return this.accepted.map(({ data }) => Reflect.get(Object(data), 'n'))
  }
}

const silent = { log: () => undefined }

async function withOutbox(
  run: (outbox: Outbox<typeof OrderPaid | typeof CardAdded>) => Promise<void>,
): Promise<void> {
  const outbox = await openOutbox(pool, { catalog, source: 'shop', table })
  try {
    await run(outbox)
  } finally {
    await outbox.close()
  }
}

async function transaction(run: (client: Client) => Promise<void>, end = 'COMMIT'): Promise<void> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query('BEGIN')
    await run(client)
    await client.query(end)
  } finally {
    await client.end()
  }
}

test('what is committed is sent, with the id that writing has answered; what is rolled back never is', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    const relay = await outbox.relay(shore)
    let ids: readonly string[] = []
    await transaction(async (client) => void (await outbox.write(client, OrderPaid({ n: 1 }))), 'ROLLBACK')
    await transaction(async (client) => {
      ids = await outbox.write(
        client,
        OrderPaid({ n: 2 }, { subject: 'a' }),
        OrderPaid({ n: 3 }, { userId: 'u' }),
      )
    })
    relay.wake()
    await until(() => shore.accepted.length === 2, 'both are sent')
    expect(shore.numbers).toEqual([2, 3])
    expect(shore.accepted.map(({ id }) => id)).toEqual(ids)
    expect(shore.accepted[0]).toMatchObject({
      source: 'shop',
      type: 'order.paid',
      subject: 'a',
      partitionkey: 'a',
      hops: 0,
    })
    await expect.poll(() => outbox.count(), patience).toEqual({ waiting: 0, rejected: 0 })
    expect(relay.status).toEqual({ isActive: true, relayed: 2, rejected: 0, error: undefined })
  }))

test('data that does not fit, and what cannot travel, is refused when it is written', () =>
  withOutbox(async (outbox) => {
    await transaction(async (client) => {
      // @ts-expect-error -- the point of the test
      await expect(outbox.write(client, OrderPaid({ n: 'one' }))).rejects.toMatchObject({
        code: 'payload-invalid',
      })
      const unknown = defineEvent('order.lost', { data: z.unknown() })
      // @ts-expect-error -- not in the catalog
      await expect(outbox.write(client, unknown(1))).rejects.toMatchObject({ code: 'topic-unknown' })
    })
    expect(await outbox.count()).toEqual({ waiting: 0, rejected: 0 })
  }))

test('a pool is refused: it would write outside of the transaction', () =>
  withOutbox(async (outbox) => {
    await expect(outbox.write(pool, OrderPaid({ n: 1 }))).rejects.toMatchObject({
      code: 'option-invalid',
      details: { option: 'client' },
    })
    expect(await outbox.count()).toEqual({ waiting: 0, rejected: 0 })
  }))

test('what is declared as sensitive is neither in the table nor sent', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    await transaction(async (client) => void (await outbox.write(client, CardAdded({ number: '4000-1234' }))))
    const { rows } = await pool.query(`SELECT event FROM ${table}`)
    expect(JSON.stringify(rows)).not.toContain('4000')
    await outbox.relay(shore)
    await until(() => shore.accepted.length === 1, 'it is sent')
    expect(shore.accepted[0]).toMatchObject({ redacted: 'number' })
  }))

test('a transaction waits for another one with the same key: their order is that of their commits', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    const order: string[] = []
    let second: Promise<void> | undefined
    await transaction(async (client) => {
      await outbox.write(client, OrderPaid({ n: 1 }, { subject: 'a' }))
      second = transaction(async (other) => {
        await outbox.write(other, OrderPaid({ n: 2 }, { subject: 'a' }))
        order.push('second')
      })
      await transaction(async (other) => {
        await outbox.write(other, OrderPaid({ n: 3 }, { subject: 'b' })) // another key does not wait
        order.push('third')
      })
      order.push('first')
    })
    await second
    expect(order).toEqual(['third', 'first', 'second'])
    await outbox.relay(shore)
    await until(() => shore.accepted.length === 3, 'all are sent')
    const ofA = shore.accepted.filter(({ subject }) => subject === 'a')
    expect(ofA.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }])
  }))

test('when sending fails, all stay and are sent again in their order', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    let failures = 2
    shore.before = () => {
      if (failures-- > 0) throw new Error('no way out')
    }
    await transaction(
      async (client) => void (await outbox.write(client, OrderPaid({ n: 1 }), OrderPaid({ n: 2 }))),
    )
    const lines: string[] = []
    const logger = { log: ({ message }: { message: string }) => void lines.push(message) }
    const relay = await outbox.relay(shore, { logger, random: () => 0 })
    await until(() => shore.accepted.length === 2, 'both are sent')
    expect(shore.numbers).toEqual([1, 2])
    expect(lines).toEqual(['it will be tried again', 'it will be tried again'])
    await until(() => relay.status.error === undefined && relay.status.relayed === 2, 'all is well again')
  }))

test('what was sent, but not taken out of the table, is sent again with the same id', async () => {
  let failures = 1
  const failing = {
    query(text: string, values?: unknown[]) {
      if (text.includes('DELETE') && text.includes('gone') && failures-- > 0)
        throw new Error('the process ends here')
      return pool.query(text, values)
    },
  }
  const outbox = await openOutbox(failing, { catalog, source: 'shop', table })
  const shore = new Shore()
  await transaction(
    async (client) => void (await outbox.write(client, OrderPaid({ n: 1 }), OrderPaid({ n: 2 }))),
  )
  await outbox.relay(shore, { logger: silent, random: () => 0 })
  await expect.poll(() => outbox.count(), patience).toEqual({ waiting: 0, rejected: 0 })
  expect(shore.numbers).toEqual([1, 2, 1, 2])
  expect(new Set(shore.accepted.map(({ id }) => id)).size).toBe(2)
  await outbox.close()
})

test('what the other side will never take is kept apart, with the reason; the rest goes on', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    shore.rejects = ({ data }) => (Reflect.get(Object(data), 'n') === 2 ? 'too even' : undefined)
    await transaction(async (client) => {
      await outbox.write(client, OrderPaid({ n: 1 }), OrderPaid({ n: 2 }), OrderPaid({ n: 3 }))
    })
    const relay = await outbox.relay(shore, { logger: silent })
    await until(() => relay.status.rejected === 1, 'one is rejected')
    expect(shore.numbers).toEqual([1, 3])
    expect(await outbox.count()).toEqual({ waiting: 0, rejected: 1 })
    const { rows } = await pool.query(
      `SELECT reason, event::json -> 'data' ->> 'n' AS n FROM ${table}_rejected`,
    )
    expect(rows).toEqual([{ reason: 'too even', n: '2' }])
  }))

test('a transport that does not acknowledge is refused', () =>
  withOutbox(async (outbox) => {
    const shore = new Shore()
    const careless: Transport = {
      name: 'careless',
      open: (port) => shore.open(port),
      traits: { ...shore.traits, acknowledges: false },
    }
    await expect(outbox.relay(careless)).rejects.toMatchObject({ code: 'option-invalid' })
  }))

test.each(['Outbox', 'outbox; DROP TABLE users', 'a.b.c', ''])(
  '"%s" is no name for a table',
  async (name) => {
    await expect(openOutbox(pool, { catalog, source: 'shop', table: name })).rejects.toMatchObject({
      code: 'option-invalid',
      details: { option: 'table' },
    })
  },
)

test('of two that relay, one does; when it ends, the other goes on', async () => {
  const clock = createManualClock()
  const outbox = await openOutbox(pool, { catalog, source: 'shop', table, clock })
  const write = (n: number): Promise<void> =>
    transaction(async (client) => void (await outbox.write(client, OrderPaid({ n }))))
  const [one, two] = [new Shore(), new Shore()]
  const first = await outbox.relay(one)
  await until(() => clock.pending === 1, 'the first has looked')
  await write(1)
  const second = await outbox.relay(two)
  await until(() => clock.pending === 2, 'the second has looked')
  expect(two.accepted).toEqual([])
  expect(second.status.isActive).toBe(false)
  first.wake()
  await until(() => one.accepted.length === 1, 'the first has sent it')
  await first.close()
  await write(2)
  second.wake()
  await until(() => two.accepted.length === 1, 'the second has taken over')
  expect([...one.numbers, ...two.numbers]).toEqual([1, 2])
  await outbox.close()
})

test('one that is gone without a word is replaced when its lease is over', async () => {
  const clock = createManualClock()
  const outbox = await openOutbox(pool, { catalog, source: 'shop', table, clock })
  await pool.query(`INSERT INTO ${table}_relay (owner, until) VALUES ('gone', now() + interval '1 hour')`)
  await transaction(async (client) => void (await outbox.write(client, OrderPaid({ n: 1 }))))
  const shore = new Shore()
  const relay = await outbox.relay(shore)
  await until(() => clock.pending > 0, 'the relay waits for its turn')
  expect(shore.accepted).toEqual([])
  await pool.query(`UPDATE ${table}_relay SET until = now() - interval '1 second'`)
  clock.advance(1_000)
  await until(() => shore.accepted.length === 1, 'it has taken over')
  expect(relay.status.isActive).toBe(true)
  await outbox.close()
})

// a server of somebody else's can't be killed
test.skipIf(!server.isOurs)(
  'while PostgreSQL is away the relay waits, and goes on when it is back',
  () =>
    withOutbox(async (outbox) => {
      const shore = new Shore()
      const relay = await outbox.relay(shore, { logger: silent, every: 20, random: () => 0.01 })
      await until(() => relay.status.isActive, 'it relays')
      await server.kill()
      relay.wake()
      await until(() => relay.status.error !== undefined, 'it has noticed')
      await server.restart()
      const write = (): Promise<unknown> =>
        transaction(async (client) => void (await outbox.write(client, OrderPaid({ n: 1 }))))
      await expect
        .poll(
          () =>
            write().then(
              () => 'written',
              () => 'it still starts',
            ),
          patience,
        )
        .toBe('written')
      await until(() => shore.accepted.length > 0, 'it is sent')
      expect(shore.numbers).toEqual([1])
    }),
  60_000,
)
