import { type BusEvent, checkQuery, type LogEntry, type LogQuery, refuseGap, toRecord } from '@heliobus/core'
import { bounded } from './conditions.ts'
import { readPages, type Page, type PageQuery } from './pages.ts'
import { type PostgresClient, PostgresDatabase, type Value } from './postgres-database.ts'
import { type Naming, namesIn } from './postgres-names.ts'
import { PostgresReader } from './postgres-reader.ts'
import { migrate } from './postgres-schema.ts'
import { insert, refuseLong, type Stretch } from './postgres-writer.ts'
import type { SqlLog } from './sql-log.ts'
import { checkTally, type Tally, type TallyQuery } from './tally.ts'

export type { PostgresClient } from './postgres-database.ts'
export type { SqlLog } from './sql-log.ts'
export type { Tally, TallyQuery } from './tally.ts'

export interface PostgresLogOptions {
  /** What errors call it. Default the table's name. */
  readonly name?: string
  /** The schema, which must be there. Default `public`. */
  readonly schema?: string
  /** The table; what belongs to it begins with the same name. At most 40 of a-z, 0-9 and _. Default `events_log`. */
  readonly table?: string
  /** How much of the time (UTC) one partition holds. May be changed: it counts for new ones. Default `day`. */
  readonly partition?: Stretch
  /**
   * Whether `prune` deletes, entry by entry, what is old in a partition that is not over. Default false: a partition is
   * dropped when all of it is old, so entries stay up to a day (a month) longer.
   */
  readonly isExact?: boolean
}

/**
 * A log in PostgreSQL (14 or newer): the table `events_log`, which is made when it is not there, partitioned by the time of
 * the events. Any number of processes may write to it; they take turns, so positions are in the order of commits. The
 * client stays open when the log closes. Take a pool: it connects again when the server was away, a single client does not.
 * Rejects with `log-locked`, `log-corrupt`, `log-full`, `log-failed`; throws `option-invalid`.
 *
 * @example
 * const log = await openPostgresLog(new Pool({ connectionString }))
 * record(bus, log)
 */
export async function openPostgresLog(
  client: PostgresClient,
  options: PostgresLogOptions = {},
): Promise<SqlLog> {
  const {
    schema = 'public',
    table = 'events_log',
    name = table,
    partition = 'day',
    isExact = false,
  } = options
  const names = namesIn(schema, table)
  const database = new PostgresDatabase(client, name)
  await migrate(database, names)
  return new PostgresLog(database, names, partition, isExact)
}

/** Rows deleted in one go. */
const FEW = 1_000

class PostgresLog implements SqlLog {
  readonly #database: PostgresDatabase
  readonly #names: Naming
  readonly #reader: PostgresReader
  readonly #partition: Stretch
  readonly #isExact: boolean

  constructor(database: PostgresDatabase, names: Naming, partition: Stretch, isExact: boolean) {
    this.#database = database
    this.#names = names
    this.#reader = new PostgresReader(database, names)
    this.#partition = partition
    this.#isExact = isExact
  }

  async append(events: readonly BusEvent[]): Promise<void> {
    this.#database.refuseIfClosed()
    const records = events.map(toRecord)
    records.forEach(refuseLong)
    await this.#database.write(() => insert(this.#database, this.#names, records, this.#partition))
  }

  read(query: LogQuery = {}): AsyncIterable<LogEntry> {
    const pageOf = async (page: PageQuery): Promise<Page> => {
      this.#database.refuseIfClosed()
      return this.#reader.page(page)
    }
    return readPages(query, pageOf, this.#database.name)
  }

  async count(query: LogQuery = {}): Promise<number> {
    checkQuery(query)
    this.#database.refuseIfClosed()
    const { count, bounds } = await this.#reader.count(
      query,
      bounded(query.limit ?? Number.POSITIVE_INFINITY),
    )
    refuseGap(query, bounds)
    return count
  }

  async tally(query: TallyQuery = {}): Promise<readonly Tally[]> {
    checkTally(query)
    this.#database.refuseIfClosed()
    return this.#reader.tally(query)
  }

  async prune(before: number, keep: number = Number.POSITIVE_INFINITY): Promise<number> {
    this.#database.refuseIfClosed()
    const beyond = await this.#beyond(keep)
    const dropped = await this.#drop(bounded(before), beyond)
    const old = await this.#erase(bounded(before), Number.MAX_SAFE_INTEGER)
    return dropped + old + (beyond === null ? 0 : await this.#erase(Number.MAX_SAFE_INTEGER, beyond))
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** The newest position that is one too many; `null` when none is. */
  async #beyond(keep: number): Promise<number | null> {
    if (keep === Number.POSITIVE_INFINITY) return null
    const sql = `SELECT position::float8 FROM ${this.#names()} ORDER BY position DESC LIMIT 1 OFFSET ?`
    return this.#number(sql, [keep])
  }

  /** One partition after the other. */
  async #drop(before: number, beyond: number | null): Promise<number> {
    let removed = 0
    for (;;) {
      const some = await this.#number(`SELECT ${this.#names('_drop')}(?, ?)`, [before, beyond])
      if (some === null) return removed
      removed += some
    }
  }

  async #erase(before: number, beyond: number): Promise<number> {
    let removed = 0
    for (let some = FEW; some === FEW; removed += some) {
      const values = [before, beyond, FEW, String(this.#isExact)]
      some = (await this.#number(`SELECT ${this.#names('_erase')}(?, ?, ?, ?)`, values)) ?? 0
    }
    return removed
  }

  async #number(sql: string, values: readonly Value[]): Promise<number | null> {
    const [row] = await this.#database.ask(sql, values)
    const [value] = Object.values(Object(row))
    return typeof value === 'number' ? value : null
  }
}
