import { BusError } from '@heliobus/core'
import { type IDBPTransaction, openDB } from 'idb'
import { codedError } from './indexeddb-error.ts'
import { type Database, migrate, type Schema, version } from './indexeddb-schema.ts'
import { Turns } from './turns.ts'

const stores = ['events_log', 'events_log_state'] as const
export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, typeof stores, Mode>

/**
 * A database of this origin. The connection is opened when it is needed, and again when the browser has ended it, or
 * another tab wanted to upgrade the database.
 */
export class IndexedDbStore {
  readonly #name: string
  readonly #patience: number
  readonly #durability: IDBTransactionDurability
  readonly #turns = new Turns()
  #db: Promise<Database> | undefined = undefined
  #isClosed = false

  constructor(name: string, patience: number, durability: IDBTransactionDurability) {
    this.#name = name
    this.#patience = patience
    this.#durability = durability
  }

  /** Rejects with `log-locked` when others keep the database from being opened, with `log-failed`. */
  async open(): Promise<Database> {
    const opening = (this.#db ??= this.#connect())
    try {
      return await opening
    } catch (error) {
      if (this.#db === opening) this.#db = undefined
      throw codedError(error, this.#name)
    }
  }

  /** As a whole or not at all, one after the other. `work` may wait for nothing but the database. */
  write<T>(work: (transaction: Transaction<'readwrite'>) => Promise<T>): Promise<T> {
    this.refuseIfClosed()
    return this.#turns.take(() => this.#run('readwrite', work))
  }

  /** Sees one and the same state of the database. */
  async read<T>(work: (transaction: Transaction<'readonly'>) => Promise<T>): Promise<T> {
    this.refuseIfClosed()
    return this.#run('readonly', work)
  }

  close(): Promise<void> {
    this.#isClosed = true
    return this.#turns.take(() => this.#disconnect())
  }

  /** Throws `log-closed`. */
  refuseIfClosed(): void {
    if (this.#isClosed) throw new BusError('log-closed', { log: this.#name })
  }

  async #run<Mode extends 'readonly' | 'readwrite', T>(
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<T>,
  ): Promise<T> {
    const db = await this.open()
    try {
      const transaction = db.transaction(stores, mode, { durability: this.#durability })
      return await settled(work(transaction), transaction)
    } catch (error) {
      throw codedError(error, this.#name)
    }
  }

  #connect(): Promise<Database> {
    const forget = (): void => void this.#disconnect()
    const opening = openDB<Schema>(this.#name, version, {
      upgrade: (db, from, _, transaction) => migrate(db, from, transaction),
      blocking: forget,
      terminated: forget,
    })
    let timer: ReturnType<typeof setTimeout>
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new BusError('log-locked', { log: this.#name }))
        void opening.then((db) => db.close()).catch(() => undefined) // when it opens after all
      }, this.#patience)
    })
    return Promise.race([opening, late]).finally(() => clearTimeout(timer))
  }

  async #disconnect(): Promise<void> {
    const opened = this.#db
    this.#db = undefined
    const db = await opened?.catch(() => undefined)
    db?.close()
  }
}

/** What the work gives, once it is stored. When either fails nothing is, and what the browser has against it is told first. */
async function settled<T>(
  work: Promise<T>,
  transaction: { readonly done: Promise<void>; abort(): void },
): Promise<T> {
  const abort = (error: unknown): never => {
    transaction.abort()
    throw error
  }
  const [worked, done] = await Promise.allSettled([work.catch(abort), transaction.done])
  if (done.status === 'rejected' && !isAbort(done.reason)) throw done.reason
  if (worked.status === 'rejected') throw worked.reason
  return worked.value
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
