import { toRecord } from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import Database from 'libsql'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newEvents, type Stores, timed } from './stores.ts'

/** Two files; into one go prepared inserts, row by row, in one transaction. */
export async function sqliteStores(): Promise<Stores> {
  const folder = mkdtempSync(join(tmpdir(), 'heliobus-bench-'))
  const log = await openSqliteLog(join(folder, 'log.db'))
  const path = join(folder, 'raw.db')
  await (await openSqliteLog(path)).close() // makes the tables
  const db = new Database(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  const columns = Object.keys(toRecord(newEvents()[0]!))
  const places = columns.map(() => '?').join(', ')
  const statement = db.prepare(`INSERT INTO events_log (${columns.join(', ')}) VALUES (${places})`)
  return {
    append() {
      const events = newEvents()
      return timed(() => log.append(events))
    },
    insert() {
      const rows = newEvents().map((event) => Object.values(toRecord(event)))
      return timed(() => {
        db.exec('BEGIN IMMEDIATE')
        for (const row of rows) statement.run(row)
        db.exec('COMMIT')
      })
    },
    async close() {
      await log.close()
      db.close()
      rmSync(folder, { recursive: true })
    },
  }
}
