import { type LogBounds, type LogQuery, matching } from '@heliobus/core'
import { type Condition, conditionsOf, whereOf } from './conditions.ts'
import type { Page, PageQuery } from './pages.ts'
import { columns, type Row } from './row.ts'
import type { SqliteFile } from './sqlite-file.ts'
import { stateOf } from './sqlite-schema.ts'
import { talliesOf, type Tally, type TallyQuery, type TallyRow, tallySql, tallyValues } from './tally.ts'

/** Positions looked at in one go, where no index helps: a few milliseconds. */
const WINDOW = 20_000
/** From one type to the next in the index, instead of over all rows. */
const distinctTypes = `
  WITH RECURSIVE types (type) AS (
    SELECT min(type) FROM events_log
    UNION ALL
    SELECT (SELECT min(type) FROM events_log WHERE type > types.type) FROM types WHERE type IS NOT NULL
  )
  SELECT type FROM types WHERE type IS NOT NULL`

/** Positions from above `low` up to `high`. */
interface Span {
  readonly low: number
  readonly high: number
}

/** Asks a file for entries. What it does must be run inside of `file.read`. */
export class SqliteReader {
  readonly #file: SqliteFile

  constructor(file: SqliteFile) {
    this.#file = file
  }

  bounds(): LogBounds {
    const last = this.#file.numbers("SELECT seq FROM sqlite_sequence WHERE name = 'events_log'")[0] ?? 0
    return { removed: stateOf(this.#file, 'removed'), last }
  }

  types(): readonly string[] {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the column of our own statement
    return (this.#file.all(distinctTypes) as readonly { readonly type: string }[]).map(({ type }) => type)
  }

  /**
   * By position, and only so many positions in one go: an index on something else would have to be sorted anew for each
   * page. Users and flows are few rows of many, and their indexes are in the order of positions.
   */
  page(query: PageQuery): Page {
    const bounds = this.bounds()
    const isBackward = query.direction === 'backward'
    const whole = this.#spanOf(query, query.upTo ?? bounds.last)
    const span = isNarrow(query) ? whole : windowOf(whole, isBackward)
    const rows = this.#rows(query, span, isBackward)
    const last = rows.length === query.size ? rows.at(-1)?.position : undefined
    const gone = stateOf(this.#file, 'gone')
    return {
      rows,
      bounds,
      gone,
      end: last ?? (isBackward ? endBackward(span, whole) : endForward(span, whole)),
    }
  }

  count(query: LogQuery, most: number): number {
    const conditions = [
      ...conditionsOf(query),
      ...this.#typesOf(query, 'type'),
      within(this.#spanOf(query, this.bounds().last)),
    ]
    const { sql, values } = whereOf(conditions)
    const rows = `SELECT 1 FROM events_log ${sql} LIMIT ?`
    return this.#file.numbers(`SELECT count(*) FROM (${rows})`, [...values, most])[0] ?? 0
  }

  tally(query: TallyQuery): readonly Tally[] {
    const { sql, values } = whereOf([...conditionsOf(query), ...this.#typesOf(query, 'type')])
    const found = this.#file.all(tallySql('events_log', sql, query), [...tallyValues(query), ...values])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own statement
    return talliesOf(found as readonly TallyRow[], query)
  }

  #rows(query: PageQuery, span: Span, isBackward: boolean): readonly Row[] {
    const conditions = [...conditionsOf(query), ...this.#typesOf(query, '+type'), within(span)]
    const { sql, values } = whereOf(conditions)
    const order = isBackward ? 'DESC' : 'ASC'
    const select = `SELECT position, ${columns.join(', ')} FROM events_log ${sql} ORDER BY position ${order} LIMIT ?`
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own table
    return this.#file.all(select, [...values, query.size]) as readonly Row[]
  }

  /** A `+` before the column keeps its index out of it. */
  #typesOf({ pattern }: LogQuery, column: 'type' | '+type'): readonly Condition[] {
    if (pattern === undefined) return []
    const types = JSON.stringify(this.types().filter(matching(pattern)))
    return [{ sql: `${column} IN (SELECT value FROM json_each(?))`, values: [types] }]
  }

  #spanOf({ after, direction }: LogQuery, upTo: number): Span {
    const first = this.#file.numbers('SELECT min(position) FROM events_log')[0] ?? upTo + 1
    if (direction === 'backward') return { low: first - 1, high: Math.min(upTo, (after ?? upTo + 1) - 1) }
    return { low: Math.max(first - 1, after ?? 0), high: upTo }
  }
}

function isNarrow({ userId, correlationId }: LogQuery): boolean {
  return typeof userId === 'string' || correlationId !== undefined
}

function windowOf({ low, high }: Span, isBackward: boolean): Span {
  return isBackward
    ? { low: Math.max(low, high - WINDOW), high }
    : { low, high: Math.min(high, low + WINDOW) }
}

function within({ low, high }: Span): Condition {
  return { sql: 'position > ? AND position <= ?', values: [low, high] }
}

function endForward(span: Span, whole: Span): number | undefined {
  return span.high < whole.high ? span.high : undefined
}

function endBackward(span: Span, whole: Span): number | undefined {
  return span.low > whole.low ? span.low + 1 : undefined
}
