import { type LogBounds, type LogQuery, matching } from '@heliobus/core'
import { type Condition, conditionsOf } from './conditions.ts'
import type { Page, PageQuery } from './pages.ts'
import type { PostgresDatabase, Value } from './postgres-database.ts'
import type { Naming } from './postgres-names.ts'
import { columns, type Row } from './row.ts'
import { talliesOf, type Tally, type TallyQuery, type TallyRow, tallySql, tallyValues } from './tally.ts'

/** All types up to a position. */
interface Types {
  readonly last: number
  readonly types: readonly string[]
}

interface Bounds extends LogBounds {
  readonly gone: number
}

/** With values that a list may be among. */
interface Filter {
  readonly sql: string
  readonly values: readonly Value[]
}

const isRow = (row: Bounds & { readonly position: number | null }): row is Bounds & Row =>
  row.position !== null

/** Asks a database for entries. What is asked for in one statement is of one and the same state. */
export class PostgresReader {
  readonly #database: PostgresDatabase
  readonly #names: Naming
  #types: Types | undefined = undefined

  constructor(database: PostgresDatabase, names: Naming) {
    this.#database = database
    this.#names = names
  }

  /** In the order of positions; which index helps is for the database to say, which knows how many rows there are. */
  async page(query: PageQuery): Promise<Page> {
    const isBackward = query.direction === 'backward'
    const { sql, values } = await this.#filter(query, query.upTo)
    const order = isBackward ? 'DESC' : 'ASC'
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own tables
    const found = (await this.#database.ask(
      `SELECT state.*, page.* FROM (${this.#state}) AS state LEFT JOIN LATERAL
        (SELECT ${selected} FROM ${this.#names()} AS log ${sql} ORDER BY log.position ${order} LIMIT ?) AS page ON true
        ORDER BY page.position ${order}`,
      [...values, query.size],
    )) as readonly (Bounds & Row)[]
    const { last = 0, removed = 0, gone = 0 } = found[0] ?? {}
    const rows = found.filter(isRow)
    const end = rows.length === query.size ? rows.at(-1)?.position : undefined
    return { rows, bounds: { last, removed }, gone, end }
  }

  /** How many entries fit, and the bounds of the log at the same moment. */
  async count(
    query: LogQuery,
    most: number,
  ): Promise<{ readonly count: number; readonly bounds: LogBounds }> {
    const { sql, values } = await this.#filter(query, undefined)
    const [found] = await this.#database.ask(
      `SELECT state.*, (SELECT count(*)::float8 FROM (SELECT 1 FROM ${this.#names()} ${sql} LIMIT ?) AS fitting) AS count
        FROM (${this.#state}) AS state`,
      [...values, most],
    )
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own statement
    const { count, ...bounds } = found as Bounds & { readonly count: number }
    return { count, bounds }
  }

  async tally(query: TallyQuery): Promise<readonly Tally[]> {
    const { sql, values } = await this.#filter(query, undefined)
    const found = await this.#database.ask(tallySql(this.#names(), sql, query), [
      ...tallyValues(query),
      ...values,
    ])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own statement
    return talliesOf(found as readonly TallyRow[], query)
  }

  get #state(): string {
    const numbers = ['last', 'removed', 'gone'].map(
      (name) => `(max(value) FILTER (WHERE name = '${name}'))::float8 AS ${name}`,
    )
    return `SELECT ${numbers.join(', ')} FROM ${this.#names('_state')}`
  }

  async #filter(query: LogQuery, upTo: number | undefined): Promise<Filter> {
    const conditions: Filter[] = [...conditionsOf(query), ...positions(query, upTo)]
    if (query.pattern !== undefined) conditions.push(...(await this.#ofTypes(query.pattern, upTo)))
    return {
      sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
      values: conditions.flatMap(({ values }) => values),
    }
  }

  /** Not beyond the position up to which all types are known: a type that is new may stand in between. */
  async #ofTypes(pattern: string, upTo = Number.POSITIVE_INFINITY): Promise<readonly Filter[]> {
    if (this.#types === undefined || upTo > this.#types.last) this.#types = await this.#allTypes()
    const { last, types } = this.#types
    return [
      { sql: 'type = ANY(?)', values: [types.filter(matching(pattern))] },
      { sql: 'position <= ?', values: [last] },
    ]
  }

  /** From one type to the next in the index, instead of over all rows. */
  async #allTypes(): Promise<Types> {
    const [found] = await this.#database.ask(
      `WITH RECURSIVE types AS (
        SELECT min(type) AS type FROM ${this.#names()}
        UNION ALL
        SELECT (SELECT min(type) FROM ${this.#names()} AS log WHERE log.type > types.type) FROM types WHERE type IS NOT NULL
      )
      SELECT value::float8 AS last, ARRAY(SELECT type FROM types WHERE type IS NOT NULL) AS types
        FROM ${this.#names('_state')} WHERE name = 'last'`,
    )
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns of our own statement
    return found as Types
  }
}

const casts: Readonly<Record<string, string>> = { time: 'time::float8 AS time', data: 'data::text AS data' }
const selected = ['position::float8 AS position', ...columns.map((column) => casts[column] ?? column)].join(
  ', ',
)

function positions({ after, direction }: LogQuery, upTo: number | undefined): Condition[] {
  const behind = direction === 'backward' ? 'position < ?' : 'position > ?'
  return [
    ...(after === undefined ? [] : [{ sql: behind, values: [after] }]),
    ...(upTo === undefined ? [] : [{ sql: 'position <= ?', values: [upTo] }]),
  ]
}
