import { type BusEvent, createBus, type EventLog, toRecord } from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import Database from 'libsql'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { payload } from '../exact-entry.ts'

/** As a recording stores them. */
export const BATCH = 500

type Row = (string | number | null)[]

/** Two files with the same tables and indexes: one filled by the log, one by prepared inserts alone. */
export class SqliteStores {
  readonly #folder = mkdtempSync(join(tmpdir(), 'heliobus-bench-'))
  readonly #bus = createBus({ history: { capacity: 0 } })
  #log: EventLog | undefined = undefined
  #raw: InstanceType<typeof Database> | undefined = undefined

  async open(): Promise<void> {
    this.#log = await openSqliteLog(join(this.#folder, 'log.db'))
    const path = join(this.#folder, 'raw.db')
    await (await openSqliteLog(path)).close() // makes the tables
    this.#raw = new Database(path)
    this.#raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  }

  async close(): Promise<void> {
    await this.#log?.close()
    this.#raw?.close()
    rmSync(this.#folder, { recursive: true })
  }

  /** Nanoseconds an event. */
  async append(): Promise<number> {
    const events = this.#events()
    const start = process.hrtime.bigint()
    await this.#log!.append(events)
    return Number(process.hrtime.bigint() - start) / BATCH
  }

  /** The same of rows that are ready to be stored. */
  insert(): number {
    const records = this.#events().map(toRecord)
    const columns = Object.keys(records[0]!)
    const rows = records.map((record): Row => Object.values(record))
    const places = columns.map(() => '?').join(', ')
    const db = this.#raw!
    const statement = db.prepare(`INSERT INTO events_log (${columns.join(', ')}) VALUES (${places})`)
    const start = process.hrtime.bigint()
    db.exec('BEGIN IMMEDIATE')
    for (const row of rows) statement.run(row)
    db.exec('COMMIT')
    return Number(process.hrtime.bigint() - start) / BATCH
  }

  #events(): BusEvent[] {
    return Array.from({ length: BATCH }, (_, n) =>
      this.#bus.publish(`user.${n % 8}`, payload, { userId: `u${n % 50}` }),
    )
  }
}
