import type { DBSchema, IDBPDatabase } from 'idb'
import type { Letter } from '../client/outbox.ts'

/** An event that waits. Its number is its place in the session, and never given twice. */
export interface Row extends Letter {
  readonly sequence: number
}

/** What the outbox knows of itself. */
export interface State {
  /** In whose name the rows are sent; the hub knows by it and their numbers which it has. */
  readonly session: string
  /** The last number that was given. */
  readonly last: number
  readonly waiting: number
  /** Of all that waits. */
  readonly characters: number
}

export interface Schema extends DBSchema {
  outbox: { key: number; value: Row }
  outbox_state: { key: 'state'; value: State }
}

export type Database = IDBPDatabase<Schema>

/** What each version of the stores adds to the one before. Never changed, only continued: browsers hold every version. */
const migrations: readonly ((db: Database) => void)[] = [
  (db) => {
    db.createObjectStore('outbox', { keyPath: 'sequence' })
    db.createObjectStore('outbox_state')
  },
]

export const version: number = migrations.length

export function migrate(db: Database, from: number): void {
  for (const migration of migrations.slice(from)) migration(db)
}

export function freshState(): State {
  return { session: crypto.randomUUID(), last: 0, waiting: 0, characters: 0 }
}
