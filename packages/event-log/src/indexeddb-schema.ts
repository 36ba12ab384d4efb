import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { Row } from './row.ts'

/** What is in the database, for the compiler. */
export interface Schema extends DBSchema {
  events_log: {
    key: number
    value: Row
    indexes: {
      id: string
      type_time: [string, number]
      user_id: string
      correlation_id: string
    }
  }
  events_log_state: { key: Memory; value: number }
}

/**
 * Numbers that the store remembers: the highest position that was given, the highest that was removed, how many were. `true`
 * is there as long as these are: what removes entries where there is no room to remember it, removes that with them.
 */
type Memory = 'last' | 'removed' | 'gone' | 'true'

export type Database = IDBPDatabase<Schema>

/** While the database is being upgraded. */
export type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>

/** What each version of the stores adds to the one before. Never changed, only continued: browsers hold every version. */
const migrations: readonly ((db: Database, upgrade: Upgrade) => void)[] = [
  (db) => {
    const events = db.createObjectStore('events_log', { keyPath: 'position' })
    events.createIndex('id', 'id', { unique: true })
    events.createIndex('type_time', ['type', 'time'])
    events.createIndex('user_id', 'user_id')
    events.createIndex('correlation_id', 'correlation_id')
    db.createObjectStore('events_log_state')
  },
  (_, upgrade) => void upgrade.objectStore('events_log_state').put(1, 'true'),
]

export const version: number = migrations.length

export function migrate(db: Database, from: number, upgrade: Upgrade): void {
  for (const migration of migrations.slice(from)) migration(db, upgrade)
}
