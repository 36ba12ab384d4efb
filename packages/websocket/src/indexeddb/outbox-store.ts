import { BusError, isBusError } from '@heliobus/core'
import { type IDBPTransaction, openDB } from 'idb'
import type { Letter } from '../client/outbox.ts'
import { WINDOW } from '../protocol/frames.ts'
import { Gatherer } from './gatherer.ts'
import {
  type Database,
  freshState,
  migrate,
  type Row,
  type Schema,
  type State,
  version,
} from './outbox-schema.ts'
import { settled } from './settled.ts'

const stores = ['outbox', 'outbox_state'] as const
/** Events that are written as one: no more than may be on their way. */
const TOGETHER = WINDOW
type Writing = IDBPTransaction<Schema, typeof stores, 'readwrite'>
type Letters = readonly Letter[]

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
  /** A transaction costs more than many events: without this, a page that publishes fast would wait for itself. */
  readonly #appends = new Gatherer((all: readonly Letters[]) => this.#appendAll(all))
  #db: Promise<Database> | undefined = undefined
  #isClosed = false

  constructor(options: StoreOptions) {
    this.#options = options
  }

  /** All of them or none. Rejects with `outbox-full`, `outbox-failed`. */
  append(letters: Letters): Promise<void> {
    return this.#appends.do(letters)
  }

  /** The first that wait, at most `most` events, which must not be fewer than are written together. */
  async next(most: number): Promise<Part> {
    const rows: Row[] = []
    let session = ''
    await this.#write(async (transaction, state) => {
      ;({ session } = state)
      let room = most
      let cursor = await transaction.objectStore('outbox').openCursor()
      while (cursor !== null && cursor.value.letters.length <= room) {
        rows.push(cursor.value)
        room -= cursor.value.letters.length
        cursor = room > 0 ? await cursor.continue() : null
      }
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

  /** What `next` has answered with need not be kept any longer. */
  remove(rows: readonly Row[]): Promise<void> {
    const [first, last] = [rows[0]!.sequence, rows.at(-1)!.sequence]
    return this.#write(async (transaction, state) => {
      void transaction.objectStore('outbox').delete(IDBKeyRange.bound(first, last)).catch(ignored)
      const letters = rows.flatMap((row) => row.letters)
      return { ...grown(state, -letters.length, -lengthOf(letters)), last: state.last }
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#disconnect()
  }

  /** Answers with why it did not take some of them. */
  async #appendAll(all: readonly Letters[]): Promise<ReadonlyMap<Letters, BusError>> {
    const refused = new Map<Letters, BusError>()
    await this.#write(async (transaction, before) => {
      let state = before
      const taken: Letter[] = []
      for (const letters of all)
        if (this.#hasRoom(state, letters)) {
          taken.push(...letters)
          state = grown(state, letters.length, lengthOf(letters))
        } else refused.set(letters, this.#full(state.waiting))
      put(transaction, before.last + 1, taken)
      return state
    })
    return refused
  }

  #hasRoom({ waiting, characters }: State, letters: Letters): boolean {
    const { events, characters: most } = this.#options
    return waiting + letters.length <= events && characters + lengthOf(letters) <= most
  }

  #full(waiting: number, cause?: unknown): BusError {
    return new BusError('outbox-full', { outbox: this.#options.name, waiting }, cause)
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
      upgrade: (db, from, _, upgrade) => void migrate(db, from, upgrade).catch(ignored),
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
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return this.#full(0, error)
    return new BusError('outbox-failed', { outbox: name }, error)
  }
}

function put(transaction: Writing, first: number, letters: Letters): void {
  for (let at = 0; at < letters.length; at += TOGETHER) {
    const row: Row = { sequence: first + at, letters: letters.slice(at, at + TOGETHER) }
    void transaction.objectStore('outbox').add(row).catch(ignored)
  }
}

function grown(state: State, count: number, characters: number): State {
  return {
    ...state,
    last: state.last + count,
    waiting: state.waiting + count,
    characters: state.characters + characters,
  }
}

function lengthOf(letters: Letters): number {
  return letters.reduce((sum, { text }) => sum + text.length, 0)
}

/** A request that fails ends its transaction, which is told. */
function ignored(): void {}
