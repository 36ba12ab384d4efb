import { type BusEvent, createBus, type EventLog, toRecord } from '@heliobus/core'
import { openPostgresLog } from '@heliobus/event-log/postgres'
import { Pool } from 'pg'
import { payload } from '../exact-entry.ts'
import { BATCH } from './sqlite-store.ts'

interface Cluster {
  readonly url: string
  remove(): Promise<void>
}

interface Clusters {
  readonly PostgresCluster: { create(): Promise<Cluster> }
}

/** Two tables with the same partitions and indexes: one filled by the log, one by multi-row inserts alone. */
export class PostgresStores {
  readonly #bus = createBus({ history: { capacity: 0 } })
  #cluster: Cluster | undefined = undefined
  #pool: Pool | undefined = undefined
  #log: EventLog | undefined = undefined
  #position = 1_000_000

  async open(): Promise<void> {
    const clusters: Clusters = await import(
      new URL('../../../scripts/postgres-cluster.mjs', import.meta.url).href
    )
    this.#cluster = await clusters.PostgresCluster.create()
    this.#pool = new Pool({ connectionString: this.#cluster.url, max: 1 })
    this.#pool.on('error', () => undefined) // the server may be gone before the connection
    this.#log = await openPostgresLog(this.#pool)
    await (await openPostgresLog(this.#pool, { table: 'raw' })).append(this.#events()) // makes the tables
  }

  async close(): Promise<void> {
    await this.#log?.close()
    await this.#pool?.end()
    await this.#cluster?.remove()
  }

  /** Nanoseconds an event. */
  async append(): Promise<number> {
    const events = this.#events()
    const start = process.hrtime.bigint()
    await this.#log!.append(events)
    return Number(process.hrtime.bigint() - start) / BATCH
  }

  /** The same of rows that are ready to be stored, in one statement. */
  async insert(): Promise<number> {
    const records = this.#events().map(toRecord)
    const columns = ['position', ...Object.keys(records[0]!)]
    const values = records.flatMap((record) => [++this.#position, ...Object.values(record)])
    const rows = records.map(
      (_, row) => `(${columns.map((_column, n) => `$${row * columns.length + n + 1}`).join(', ')})`,
    )
    const sql = `INSERT INTO raw (${columns.join(', ')}) VALUES ${rows.join(', ')}`
    const start = process.hrtime.bigint()
    await this.#pool!.query(sql, values)
    return Number(process.hrtime.bigint() - start) / BATCH
  }

  #events(): BusEvent[] {
    return Array.from({ length: BATCH }, (_, n) =>
      this.#bus.publish(`user.${n % 8}`, payload, { userId: `u${n % 50}` }),
    )
  }
}
