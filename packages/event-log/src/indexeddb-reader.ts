import { type LogBounds, type LogQuery, wanting } from '@heliobus/core'
import type { Transaction } from './indexeddb-store.ts'
import type { Page, PageQuery } from './pages.ts'
import type { Row } from './row.ts'

type Reading = Transaction<'readonly'>
type Way = 'next' | 'prev'

/** The part of the library's cursors and indexes that is used; their own types tell every store from every other. */
interface Cursor {
  readonly value: Row
  continue(): Promise<Cursor | null>
}

interface Index {
  openCursor(key: string, way: Way): Promise<IndexCursor | null>
}

interface IndexCursor extends Cursor {
  readonly primaryKey: number
  continuePrimaryKey(key: string, position: number): Promise<Cursor | null>
}

/** Rows looked at for one page. */
const LOOKS = 500

/** Positions from `low` to `high`, both included. */
interface Span {
  readonly low: number
  readonly high: number
}

/** The rows that a query asks for, beginning behind `after`. */
export async function pageOf(transaction: Reading, query: PageQuery): Promise<Page> {
  const { last, removed, gone } = await numbersOf(transaction)
  const span = spanOf(query, query.upTo ?? last)
  const looked = span.low > span.high ? [] : await look(transaction, query, span)
  const rows = looked.filter(wanting(query)).slice(0, query.size)
  const isCut = rows.length === query.size
  const end = isCut ? rows.at(-1) : looked.length === LOOKS ? looked.at(-1) : undefined
  return { rows, bounds: { last, removed }, gone, end: end?.position }
}

/** Where it could not be remembered what was removed, it may have been all: a gap too many is better than one too few. */
async function numbersOf(transaction: Reading): Promise<LogBounds & { readonly gone: number }> {
  const state = transaction.objectStore('events_log_state')
  const names = ['last', 'removed', 'gone', 'true'] as const
  const [last = 0, removed = 0, gone = 0, isTrue] = await Promise.all(names.map((name) => state.get(name)))
  return isTrue === undefined ? { last, removed: last, gone: Number.NaN } : { last, removed, gone }
}

function spanOf({ after, direction }: LogQuery, upTo: number): Span {
  return direction === 'backward'
    ? { low: 1, high: Math.min(upTo, (after ?? upTo + 1) - 1) }
    : { low: (after ?? 0) + 1, high: upTo }
}

/** The next rows, wanted or not. Those of a flow or a user are found by an index, which is in the order of positions. */
async function look(transaction: Reading, query: PageQuery, span: Span): Promise<readonly Row[]> {
  const { correlationId, userId, direction } = query
  const store = transaction.objectStore('events_log')
  const way = direction === 'backward' ? 'prev' : 'next'
  if (correlationId !== undefined) return lookUp(store.index('correlation_id'), correlationId, way, span)
  if (typeof userId === 'string') return lookUp(store.index('user_id'), userId, way, span)
  const range = IDBKeyRange.bound(span.low, span.high)
  return way === 'next' ? store.getAll(range, LOOKS) : rowsFrom(await store.openCursor(range, way))
}

async function lookUp(index: Index, key: string, way: Way, { low, high }: Span): Promise<readonly Row[]> {
  const first = await index.openCursor(key, way)
  const start = way === 'next' ? low : high
  const isEarly = first !== null && (way === 'next' ? first.primaryKey < start : first.primaryKey > start)
  const rows = await rowsFrom(isEarly ? await first.continuePrimaryKey(key, start) : first)
  return rows.filter(({ position }) => low <= position && position <= high)
}

async function rowsFrom(first: Cursor | null): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let cursor = first; cursor !== null && rows.length < LOOKS; cursor = await cursor.continue())
    rows.push(cursor.value)
  return rows
}
