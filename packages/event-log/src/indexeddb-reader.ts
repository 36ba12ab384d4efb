import { type LogQuery, wanting } from '@heliobus/core'
import type { IDBPCursorWithValue } from 'idb'
import type { Schema } from './indexeddb-schema.ts'
import type { Stores, Transaction } from './indexeddb-store.ts'
import type { Page, PageQuery } from './pages.ts'
import type { Row } from './row.ts'

type Reading = Transaction<'readonly'>
type Narrow = 'user_id' | 'correlation_id'
type Cursor = IDBPCursorWithValue<Schema, Stores, 'events_log', Narrow | unknown>

/** Rows looked at for one page. */
const LOOKS = 500

/** Positions from `low` to `high`, both included. */
interface Span {
  readonly low: number
  readonly high: number
}

/** The rows that a query asks for, beginning behind `after`. */
export async function pageOf(transaction: Reading, query: PageQuery): Promise<Page> {
  const state = transaction.objectStore('events_log_state')
  const numbers = [state.get('last'), state.get('removed'), state.get('gone')]
  const [last = 0, removed = 0, gone = 0] = await Promise.all(numbers)
  const span = spanOf(query, query.upTo ?? last)
  const looked = span.low > span.high ? [] : await look(transaction, query, span)
  const rows = looked.filter(wanting(query)).slice(0, query.size)
  const isCut = rows.length === query.size
  const end = isCut ? rows.at(-1) : looked.length === LOOKS ? looked.at(-1) : undefined
  return { rows, bounds: { last, removed }, gone, end: end?.position }
}

function spanOf({ after, direction }: LogQuery, upTo: number): Span {
  return direction === 'backward'
    ? { low: 1, high: Math.min(upTo, (after ?? upTo + 1) - 1) }
    : { low: (after ?? 0) + 1, high: upTo }
}

/** The next rows, wanted or not. Those of a user or a flow are found by an index, which is in the order of positions. */
async function look(transaction: Reading, query: PageQuery, { low, high }: Span): Promise<readonly Row[]> {
  const store = transaction.objectStore('events_log')
  const way = query.direction === 'backward' ? 'prev' : 'next'
  const narrow = narrowestOf(query)
  if (narrow !== undefined) {
    const [index, key] = narrow
    const start = way === 'prev' ? high : low
    const rows = await rowsFrom(await store.index(index).openCursor(key, way), (cursor) => cursor.continuePrimaryKey(key, start))
    return rows.filter(({ position }) => low <= position && position <= high)
  }
  const range = IDBKeyRange.bound(low, high)
  return way === 'next' ? store.getAll(range, LOOKS) : rowsFrom(await store.openCursor(range, way))
}
