import { bridge, type BusEvent, createBus, createMemoryMesh, type EventLog, record } from '@heliobus/core'
import { until } from '@heliobus/testing'
import type { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foundOut } from '../../testing/test/faults/found-out.ts'
import { openPostgresLog, type PostgresClient } from '../src/postgres.ts'
import type { PostgresServer } from './postgres-server.ts'

const lone = (): BusEvent => createBus().publish('a', 1)
const retry = { delay: (): number => 20 }
const codes: readonly (readonly [state: string, code: string])[] = [
  ['53100', 'log-full'],
  ['55P03', 'log-locked'],
  ['40P01', 'log-locked'],
  ['40001', 'log-locked'],
  ['XX001', 'log-corrupt'],
  ['XX002', 'log-corrupt'],
  ['57P01', 'log-failed'],
  ['42501', 'log-failed'],
]

/** A log that says that events are stored when they may not be. */
const hasty = (log: EventLog): EventLog => ({
  append: async (events) => void log.append(events).catch(() => undefined),
  read: (query) => log.read(query),
  count: (query) => log.count(query),
  prune: (before, keep) => log.prune(before, keep),
  close: () => log.close(),
})

/** One that stores a batch in pieces. */
const piecemeal = (log: EventLog): EventLog => ({
  ...hasty(log),
  append: async (events) => {
    for (let from = 0; from < events.length; from += 20) await log.append(events.slice(from, from + 20))
  },
})

/** What becomes of events when the server fails them. */
export function faults(server: PostgresServer): void {
  let schema: string
  let pool: Pool
  const open = (client: PostgresClient = pool): Promise<EventLog> => openPostgresLog(client, { schema })

  beforeEach(async () => {
    schema = await server.schema()
    pool = server.connect()
  })
  afterEach(async () => {
    await pool.end()
    await server.drop(schema)
  })

  /** Counted by the database: of how many rows each id has one. */
  async function ledgerOf(): Promise<{ rows: number; ids: Set<string> }> {
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM ${schema}.events_log`)
    return { rows: rows.length, ids: new Set(rows.map(({ id }) => id)) }
  }

  /** Records without end, while the server is killed twice, until all is said to be stored. */
  async function throughKills(
    manner: (log: EventLog) => EventLog,
  ): Promise<{ lost: BusEvent[]; twice: number; most: number; stored: number }> {
    const bus = createBus({ logger: { log: () => undefined } })
    const recording = record(bus, manner(await open()), {
      batch: { size: 50, wait: 0 },
      retention: false,
      retry,
    })
    const published: BusEvent[] = []
    let most = 0
    const timer = setInterval(() => {
      for (let n = 0; n < 20; n++) published.push(bus.publish('counted', { filler: 'x'.repeat(200) }))
      most = Math.max(most, recording.waiting)
    }, 2)
    try {
      for (let round = 1; round <= 2; round++) {
        await until(() => recording.stored > 400 * round, 'it records')
        await server.kill()
        const before = published.length
        await until(() => published.length > before + 200, 'it is published on')
        await server.restart()
      }
    } finally {
      clearInterval(timer)
    }
    await recording.flush()
    await recording.close()
    const { rows, ids } = await ledgerOf()
    return { lost: published.filter(({ id }) => !ids.has(id)), twice: rows - ids.size, most, stored: rows }
  }

  describe.skipIf(!server.isOurs)('killed in the middle of it (a server of others is not killed)', () => {
    it('and started again: every event is there, once', async () => {
      const { lost, twice, most, stored } = await throughKills((log) => log)
      expect({ lost, twice }).toEqual({ lost: [], twice: 0 })
      expect(most).toBeGreaterThan(150) // they did wait
      expect(stored).toBeGreaterThan(1_000)
    }, 60_000)

    it('the ledger finds out a recording that accepts before it has stored', async () => {
      expect(await foundOut(async () => (await throughKills(hasty)).lost.length === 0)).toBe(true)
    }, 60_000)

    it('for too long: the backlog is bounded, what did not fit is counted and told, the rest is stored', async () => {
      const bus = createBus({ logger: { log: () => undefined } })
      const told: string[] = []
      bus.tap$.subscribe((signal) => signal.type === 'dropped' && told.push(signal.reason))
      const recording = record(bus, await open(), { backlog: { limit: 300 }, retention: false, retry })
      await server.kill()
      for (let n = 0; n < 1_000; n++) bus.publish('counted', n)
      expect(recording).toMatchObject({ waiting: 300, dropped: 700 })
      expect(told).toEqual(Array.from({ length: 700 }, () => 'backlog'))
      await server.restart()
      await recording.flush()
      await recording.close()
      expect(await ledgerOf()).toMatchObject({ rows: 300, ids: { size: 300 } })
    }, 30_000)
  })

  /** Appends batch after batch, while connections are cut at any moment: as the server sees a process that is killed. */
  async function throughCuts(
    manner: (log: EventLog) => EventLog,
  ): Promise<{ lost: string[]; torn: string[] }> {
    const log = manner(await open())
    const bus = createBus()
    const accepted: string[] = []
    let cuts = 0
    const cut = async (): Promise<number> => {
      const { rowCount } = await server.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT "${schema}"%'`,
      )
      return rowCount ?? 0
    }
    for (let batch = 0; batch < 1_000 && (cuts < 10 || accepted.length < 10); batch++) {
      const events = Array.from({ length: 200 }, (_, n) =>
        bus.publish(`batch.${batch}`, { n, filler: 'x'.repeat(500) }),
      )
      const appending = log.append(events).then(
        () => accepted.push(`batch.${batch}`),
        () => undefined,
      )
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 15)) // anywhere in a batch
      if (batch % 2 === 0) cuts += await cut()
      await appending
    }
    const { rows } = await pool.query<{ type: string; count: number }>(
      `SELECT type, count(*)::integer AS count FROM ${schema}.events_log GROUP BY type`,
    )
    const stored = new Set(rows.map(({ type }) => type))
    return {
      lost: accepted.filter((type) => !stored.has(type)),
      torn: rows.filter(({ count }) => count !== 200).map(({ type }) => type),
    }
  }

  it('connections that are cut in mid-batch leave all of it or nothing', async () => {
    expect(await throughCuts((log) => log)).toEqual({ lost: [], torn: [] })
  }, 60_000)

  it('which a log that stores in pieces does not', async () => {
    expect(await foundOut(async () => (await throughCuts(piecemeal)).torn.length === 0)).toBe(true)
  }, 60_000)

  it('after it has stored, and before it has answered: what is sent again is there once', async () => {
    let failures = 0
    const client: PostgresClient = {
      query: async (text, values) => {
        const answer = await pool.query(text, values)
        if (text.startsWith('SELECT') && text.includes('_append"(') && failures++ < 3)
          throw new Error('Connection terminated unexpectedly')
        return answer
      },
    }
    const bus = createBus({ logger: { log: () => undefined } })
    const recording = record(bus, await open(client), { retention: false, retry })
    for (let n = 0; n < 100; n++) bus.publish('counted', n)
    await recording.close()
    expect(failures).toBeGreaterThan(3)
    expect(recording).toMatchObject({ stored: 100, dropped: 0 })
    expect(await ledgerOf()).toMatchObject({ rows: 100, ids: { size: 100 } })
  })

  it('two recorders of the same events fill one table, in an order that a follower can trust', async () => {
    const buses = [createBus(), createBus()]
    const mesh = createMemoryMesh()
    const bridges = await Promise.all(buses.map((bus) => bridge(bus, mesh)))
    const recordings = await Promise.all(
      buses.map(async (bus) =>
        record(bus, await open(), { pattern: 'counted', batch: { size: 30, wait: 0 }, retention: false }),
      ),
    )
    const log = await open()
    const found: string[] = []
    let after = 0
    const follow = async (): Promise<void> => {
      for await (const { position, event } of log.read({ after })) {
        found.push(event.id)
        after = position
      }
    }
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 50; n++) buses[round % 2]!.publish('counted', n)
      await follow()
    }
    await until(() => recordings.every(({ waiting, stored }) => waiting + stored >= 1_000), 'all have come')
    await Promise.all(recordings.map((recording) => recording.close()))
    await Promise.all(bridges.map((one) => one.close()))
    await follow()
    const { rows, ids } = await ledgerOf()
    expect(rows).toBe(1_000)
    expect(new Set(found)).toEqual(ids)
    expect(found).toHaveLength(1_000)
  })

  it('an event that a database of another encoding refuses is told and left out, and the others are stored', async () => {
    const database = `heliobus_latin_${process.pid}`
    await pool.query(
      `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`,
    )
    const latin = server.connect(database)
    try {
      const log = await openPostgresLog(latin)
      const bus = createBus({ logger: { log: () => undefined } })
      const told: string[] = []
      bus.tap$.subscribe(
        (signal) => signal.type === 'dropped' && told.push(`${signal.reason} ${signal.event?.subject}`),
      )
      const recording = record(bus, log, { retention: false, retry })
      for (const text of ['plain', 'é', '日本', 'a\0b', '\u{1F680}', 'last'])
        bus.publish('said', { text }, { subject: text === '\u{1F680}' ? text : 'fine' })
      await recording.close()
      expect(recording).toMatchObject({ stored: 4, dropped: 2 })
      expect(new Set(told)).toEqual(new Set(['unstorable fine', 'unstorable \u{1F680}']))
      await expect(log.append([bus.publish('said', { text: '日本' })])).rejects.toMatchObject({
        code: 'log-unsupported',
        details: { path: 'data', reason: expect.stringContaining('LATIN1') },
      })
    } finally {
      await latin.end()
      await pool.query(`DROP DATABASE ${database}`)
    }
  })

  it('a text that no index takes is refused with its path', async () => {
    const log = await open()
    const bus = createBus()
    const userId = Array.from({ length: 1_000 }, (_, n) =>
      String.fromCharCode(0x4e_00 + ((n * 7_919) % 20_000)),
    ).join('')
    await expect(log.append([lone(), bus.publish('a', 1, { userId })])).rejects.toMatchObject({
      code: 'log-unsupported',
      details: { path: 'userId' },
    })
    expect(await log.count()).toBe(0)
    await log.append([bus.publish('a', 1, { userId: userId.slice(0, 860), subject: userId })])
    expect(await log.count()).toBe(1)
  })

  it.each(codes)('what it calls %s is %s', async (state, code) => {
    const log = await open()
    const broken = await open({
      query: (text, values) =>
        text.includes('regclass') || text.includes("'schema'")
          ? pool.query(text, values)
          : Promise.reject(Object.assign(new Error('no'), { code: state })),
    })
    await expect(broken.append([lone()])).rejects.toMatchObject({
      code,
      details: { log: 'events_log' },
      cause: { code: state },
    })
    expect(await log.count()).toBe(0)
  })

  it('a table in the hands of somebody else is log-locked, when the connection has a lock_timeout', async () => {
    const log = await open()
    const other = await pool.connect()
    const hurried = server.connect('', '-c lock_timeout=50ms')
    try {
      const impatient = await open(hurried)
      await other.query(`BEGIN; LOCK TABLE ${schema}.events_log`)
      const event = lone()
      await expect(impatient.append([event])).rejects.toMatchObject({ code: 'log-locked' })
      await other.query('COMMIT')
      await impatient.append([event])
      expect(await log.count()).toBe(1)
    } finally {
      other.release(true)
      await hurried.end()
    }
  })
}
