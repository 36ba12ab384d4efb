import {
  BusError,
  checkQuery,
  fromRecord,
  type LogBounds,
  type LogEntry,
  type LogQuery,
  refuseGap,
} from '@heliobus/core'
import type { Row } from './row.ts'

/** What is asked of a store at a time. */
export interface PageQuery extends LogQuery {
  /** No entry beyond this position; `undefined` with the first page: the end is where the store ends then. */
  readonly upTo: number | undefined
  /** At most so many rows. */
  readonly size: number
}

/** A stretch of a log: rows, and the bounds of the log at the same moment. */
export interface Page {
  readonly rows: readonly Row[]
  readonly bounds: LogBounds
  /** How many entries have been removed since the log began. */
  readonly gone: number
  /** Where the next page goes on; `undefined`: there is none. */
  readonly end: number | undefined
}

const SIZE = 500

/**
 * Reads page by page what a query asks for, as far as the log reaches when it begins: who appends while reading does not
 * read for ever. What was removed between two pages is a gap.
 */
export async function* readPages(
  query: LogQuery,
  pageOf: (query: PageQuery) => Promise<Page>,
  name: string,
): AsyncGenerator<LogEntry> {
  for await (const { rows } of pagesOf(query, pageOf))
    for (const row of rows) yield { position: row.position, event: eventOf(row, name) }
}

/** How many entries that would be. */
export async function countPages(
  query: LogQuery,
  pageOf: (query: PageQuery) => Promise<Page>,
): Promise<number> {
  let count = 0
  for await (const { rows } of pagesOf(query, pageOf)) count += rows.length
  return count
}

async function* pagesOf(query: LogQuery, pageOf: (query: PageQuery) => Promise<Page>): AsyncGenerator<Page> {
  checkQuery(query)
  let left = query.limit ?? Number.POSITIVE_INFINITY
  let after = query.after
  let first: Page | undefined
  while (left > 0) {
    const page = await pageOf({ ...query, after, upTo: first?.bounds.last, size: Math.min(left, SIZE) })
    if (page.gone !== first?.gone) refuseGap({ ...query, after }, page.bounds) // what had gone before is not missing
    yield page
    if (page.end === undefined) return
    left -= page.rows.length
    after = page.end
    first ??= page
  }
}

function eventOf(row: Row, log: string): LogEntry['event'] {
  try {
    return fromRecord(row)
  } catch (error) {
    throw new BusError(
      'log-corrupt',
      { log, reason: `the data at position ${row.position} is no JSON` },
      error,
    )
  }
}
