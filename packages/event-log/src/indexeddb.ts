import {
  type BusEvent,
  type EventLog,
  isBusError,
  type LogEntry,
  type LogQuery,
  toRecord,
} from '@heliobus/core'
import { bounded } from './conditions.ts'
import { pageOf } from './indexeddb-reader.ts'
import { IndexedDbStore, type Transaction } from './indexeddb-store.ts'
import { beyond, FEW, insert, oldIn, remove, removeUntold, typesIn } from './indexeddb-writer.ts'
import { countPages, type Page, type PageQuery, readPages } from './pages.ts'

export interface IndexedDbLogOptions {
  /** How long to wait until the database can be opened while others hold it, in ms, before `log-locked`. Default 5,000. */
  readonly patience?: number
  /** Each append waits until the browser has written to the disk. Default false. */
  readonly isSynced?: boolean
}

/**
 * A log in IndexedDB: the object store `events_log` in the database of this name, which is made when it is not there. All
 * tabs and workers of the origin may write to it. Rejects with `log-locked`, `log-full` (the origin's quota is used up),
 * `log-failed`.
 *
 * @example
 * const log = await openIndexedDbLog('shop')
 * record(bus, log)
 */
export async function openIndexedDbLog(name: string, options: IndexedDbLogOptions = {}): Promise<EventLog> {
  const { patience = 5_000, isSynced = false } = options
  const store = new IndexedDbStore(name, patience, isSynced ? 'strict' : 'relaxed')
  await store.open()
  return new IndexedDbLog(store, name)
}

type Writing = Transaction<'readwrite'>

class IndexedDbLog implements EventLog {
  readonly #store: IndexedDbStore
  readonly #name: string

  constructor(store: IndexedDbStore, name: string) {
    this.#store = store
    this.#name = name
  }

  async append(events: readonly BusEvent[]): Promise<void> {
    this.#store.refuseIfClosed()
    const records = events.map(toRecord)
    await this.#store.write((transaction) => insert(transaction, records))
  }

  read(query: LogQuery = {}): AsyncIterable<LogEntry> {
    return readPages(query, this.#pageOf, this.#name)
  }

  /** Looks at the rows, as reading does. */
  async count(query: LogQuery = {}): Promise<number> {
    return countPages(query, this.#pageOf)
  }

  async prune(before: number, keep: number = Number.POSITIVE_INFINITY): Promise<number> {
    let removed = 0
    for (const type of await this.#store.read(typesIn))
      removed += await this.#remove((transaction) => oldIn(transaction, type, bounded(before)))
    return removed + (await this.#remove((transaction) => beyond(transaction, keep)))
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  readonly #pageOf = (query: PageQuery): Promise<Page> =>
    this.#store.read((transaction) => pageOf(transaction, query))

  /** Some at a time, until none is left. */
  async #remove(some: (transaction: Writing) => Promise<readonly number[]>): Promise<number> {
    let removed = 0
    for (let last = FEW; last === FEW; removed += last) last = await this.#removeSome(some)
    return removed
  }

  async #removeSome(some: (transaction: Writing) => Promise<readonly number[]>): Promise<number> {
    try {
      return await this.#store.write(async (transaction) => remove(transaction, await some(transaction)))
    } catch (error) {
      if (!isBusError(error, 'log-full')) throw error
      return this.#store.write(async (transaction) => removeUntold(transaction, await some(transaction)))
    }
  }
}
