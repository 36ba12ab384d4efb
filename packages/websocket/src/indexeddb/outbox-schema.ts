import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb'
import type { Letter } from '../client/outbox.ts'

/** Events that wait, and were written together: a row each would cost twenty times as much. */
export interface Row {
  /** The number of the first. Numbers are places in the session, and never given twice. */
  readonly sequence: number
  readonly letters: readonly Letter[]
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
type Upgrade = IDBPTransaction<Schema, ('outbox' | 'outbox_state')[], 'versionchange'>

/** What each version of the stores adds to the one before. Never changed, only continued: browsers hold every version. */
const migrations: readonly ((db: Database, upgrade: Upgrade) => void | Promise<void>)[] = [
  (db) => {
    db.createObjectStore('outbox', { keyPath: 'sequence' })
    db.createObjectStore('outbox_state')
  },
  (_, upgrade) => putTogether(upgrade),
]

export const version: number = migrations.length

export async function migrate(db: Database, from: number, upgrade: Upgrade): Promise<void> {
  for (const migration of migrations.slice(from)) await migration(db, upgrade)
}

/** A row was one event. */
async function putTogether(upgrade: Upgrade): Promise<void> {
  for await (const cursor of upgrade.objectStore('outbox').iterate()) {
    const { sequence, letters, ...letter }: Partial<Letter> & Row = cursor.value
    await cursor.update({ sequence, letters: letters ?? [letter] })
  }
}

export function freshState(): State {
  return { session: crypto.randomUUID(), last: 0, waiting: 0, characters: 0 }
}
