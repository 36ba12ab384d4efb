import { BusError, isBusError } from '@heliobus/core'
import { type IDBPTransaction, openDB } from 'idb'
import type { Letter } from '../client/outbox.ts'
import {
  type Database,
  freshState,
  migrate,
  type Row,
  type Schema,
  type State,
  version,
} from './outbox-schema.ts'

const stores = ['outbox', 'outbox_state'] as const
type Writing = IDBPTransaction<Schema, typeof stores, 'readwrite'>

export interface StoreOptions {
  readonly name: string
  readonly events: number
  readonly characters: number
  readonly durability: IDBTransactionDurability
}

/** Some of what waits, oldest first, and in whose name it is sent. */
export interface Part {
  readonly session: string
  readonly rows: readonly Row[]
}

/** The database that all pages of the origin write to. It is opened anew when the browser has ended the connection. */
export class OutboxStore {
  readonly #options: StoreOptions
  #db: Promise<Database> | undefined = undefined
  #isClosed = false

  constructor(options: StoreOptions) {
    this.#options = options
  }

  /** All of them or none. Rejects with `outbox-full`, `outbox-failed`. */
  append(letters: readonly Letter[]): Promise<void> {
    return this.#write(async (transaction, state) => {
      const characters = lengthOf(letters)
      this.#refuseIfFull(state, letters.length, characters)
      const rows = letters.map((letter, index): Row => ({ ...letter, sequence: state.last + 1 + index }))
      for (const row of rows) void transaction.objectStore('outbox').add(row).catch(ignored)
      return grown(state, letters.length, characters)
    })
  }

  /** At most `count` of what waits. */
  async next(count: number): Promise<Part> {
    let rows: readonly Row[] = []
    let session = ''
    await this.#write(async (transaction, state) => {
      rows = await transaction.objectStore('outbox').getAll(undefined, count)
      session = state.session
      return state
    })
    return { session, rows }
  }

  /** How many wait. */
  async waiting(): Promise<number> {
    let waiting = 0
    await this.#write(async (_, state) => {
      ;({ waiting } = state)
      return state
    })
    return waiting
  }

  /** They need not be kept any longer. */
  remove(rows: readonly Row[]): Promise<void> {
    return this.#write(async (transaction, state) => {
      for (const { sequence } of rows) void transaction.objectStore('outbox').delete(sequence).catch(ignored)
      const { last } = state
      return { ...grown(state, -rows.length, -lengthOf(rows)), last }
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#disconnect()
  }

  #refuseIfFull({ waiting, characters }: State, count: number, more: number): void {
    const { name, events, characters: most } = this.#options
    if (waiting + count > events || characters + more > most)
      throw new BusError('outbox-full', { outbox: name, waiting })
  }

  /** As a whole or not at all; what `work` answers is the new state. It may wait for nothing but the database. */
  async #write(work: (transaction: Writing, state: State) => Promise<State>): Promise<void> {
    try {
      const db = await this.#open()
      const transaction = db.transaction(stores, 'readwrite', { durability: this.#options.durability })
      await settled(transaction, this.#change(transaction, work))
    } catch (error) {
      throw this.#coded(error)
    }
  }

  async #change(
    transaction: Writing,
    work: (transaction: Writing, state: State) => Promise<State>,
  ): Promise<void> {
    const own = transaction.objectStore('outbox_state')
    const before = await own.get('state')
    const after = await work(transaction, before ?? freshState())
    if (after !== before) await own.put(after, 'state')
  }

  async #open(): Promise<Database> {
    if (this.#isClosed) throw new Error('the outbox is closed')
    const opening = (this.#db ??= this.#connect())
    try {
      return await opening
    } catch (error) {
      if (this.#db === opening) this.#db = undefined
      throw error
    }
  }

  #connect(): Promise<Database> {
    const forget = (): void => void this.#disconnect()
    return openDB<Schema>(this.#options.name, version, {
      upgrade: (db, from) => migrate(db, from),
      blocking: forget,
      terminated: forget,
    })
  }

  async #disconnect(): Promise<void> {
    const opened = this.#db
    this.#db = undefined
    const db = await opened?.catch(() => undefined)
    db?.close()
  }

  #coded(error: unknown): BusError {
    const { name } = this.#options
    if (isBusError(error)) return error
    if (error instanceof DOMException && error.name === 'QuotaExceededError')
      return new BusError('outbox-full', { outbox: name, waiting: 0 }, error)
    return new BusError('outbox-failed', { outbox: name }, error)
  }
}

/** Resolves when the work is stored. When either fails nothing is, and what the browser has against it is told first. */
async function settled(transaction: Writing, work: Promise<void>): Promise<void> {
  const [worked, done] = await Promise.allSettled([work.catch(abortion(transaction)), transaction.done])
  if (done.status === 'rejected' && !isAbort(done.reason)) throw done.reason
  if (worked.status === 'rejected') throw worked.reason
}

/** The transaction may have ended by itself: by what went wrong. */
function abortion(transaction: Writing): (error: unknown) => never {
  return (error) => {
    try {
      transaction.abort()
    } catch {
      // then there is nothing left to undo
    }
    throw error
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function grown(state: State, count: number, characters: number): State {
  return {
    ...state,
    last: state.last + count,
    waiting: state.waiting + count,
    characters: state.characters + characters,
  }
}

function lengthOf(letters: readonly Letter[]): number {
  return letters.reduce((sum, { text }) => sum + text.length, 0)
}

/** A request that fails ends its transaction, which is told. */
function ignored(): void {}
