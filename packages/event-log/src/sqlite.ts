import {
  type BusEvent,
  checkQuery,
  type LogEntry,
  type LogQuery,
  type LogRecord,
  refuseGap,
  toRecord,
} from '@heliobus/core'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { bounded } from './conditions.ts'
import { type Page, type PageQuery, readPages } from './pages.ts'
import { columns, valuesOf } from './row.ts'
import { SqliteFile, type Value } from './sqlite-file.ts'
import type { SqlLog } from './sql-log.ts'
import { SqliteReader } from './sqlite-reader.ts'
import { migrate, raise, stateOf } from './sqlite-schema.ts'
import { checkTally, type Tally, type TallyQuery } from './tally.ts'

export type { SqlLog } from './sql-log.ts'
export type { Tally, TallyQuery } from './tally.ts'

export interface SqliteLogOptions {
  /** What errors call it. Default the file's name. */
  readonly name?: string
  /** How long to wait for another process that writes to the file, in ms, before `log-locked`. Default 5,000. */
  readonly patience?: number
  /** The largest that the file may become, in bytes; then `log-full`. Default: as large as the disk allows. */
  readonly maxBytes?: number
  /**
   * Each append waits for the disk, and survives a loss of power. Default false: what was appended survives the end of the
   * process; the last moments before a loss of power may be missing.
   */
  readonly isSynced?: boolean
}

/**
 * A log in a file of SQLite, which is made when it is not there: the table `events_log`, in WAL mode, so others can read it
 * meanwhile with any SQLite. Several processes may write to one file. Runs in this thread: an append of 500 events takes
 * some milliseconds. Rejects with `log-locked`, `log-corrupt`, `log-full`, `log-failed`.
 *
 * @example
 * const log = await openSqliteLog('events.db')
 * record(bus, log)
 */
export async function openSqliteLog(path: string, options: SqliteLogOptions = {}): Promise<SqlLog> {
  const { name = basename(path), patience = 5_000, maxBytes, isSynced = false } = options
  const file = new SqliteFile(path, name, patience)
  try {
    await file.set(() => {
      file.exec('PRAGMA journal_mode = WAL')
      file.exec(`PRAGMA synchronous = ${isSynced ? 'FULL' : 'NORMAL'}`)
      if (maxBytes !== undefined) limit(file, maxBytes)
    })
    await migrate(file)
  } catch (error) {
    await file.close()
    throw error
  }
  return new SqliteLog(file, name)
}

function limit(file: SqliteFile, bytes: number): void {
  const page = file.numbers('PRAGMA page_size')[0] ?? 4_096
  file.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytes / page))}`)
}

/** Rows in one statement: most go in this way, the rest one by one. */
const MANY = 100
/** Rows removed in one go. */
const FEW = 1_000

const insertMany = insertOf(MANY)
const insertOne = insertOf(1)

function insertOf(count: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`
  const rows = Array.from({ length: count }, () => row).join(', ')
  return `INSERT INTO events_log (${columns.join(', ')}) VALUES ${rows} ON CONFLICT (id) DO NOTHING`
}

class SqliteLog implements SqlLog {
  readonly #file: SqliteFile
  readonly #name: string
  readonly #reader: SqliteReader

  constructor(file: SqliteFile, name: string) {
    this.#file = file
    this.#name = name
    this.#reader = new SqliteReader(file)
  }

  async append(events: readonly BusEvent[]): Promise<void> {
    this.#file.refuseIfClosed()
    const records = events.map(toRecord)
    await this.#file.write(() => this.#insert(records))
  }

  read(query: LogQuery = {}): AsyncIterable<LogEntry> {
    const pageOf = async (page: PageQuery): Promise<Page> => {
      await setImmediate() // between two pages others have their turn
      return this.#file.read(() => this.#reader.page(page))
    }
    return readPages(query, pageOf, this.#name)
  }

  async count(query: LogQuery = {}): Promise<number> {
    checkQuery(query)
    return this.#file.read(() => {
      refuseGap(query, this.#reader.bounds())
      return this.#reader.count(query, bounded(query.limit ?? Number.POSITIVE_INFINITY))
    })
  }

  async tally(query: TallyQuery = {}): Promise<readonly Tally[]> {
    checkTally(query)
    return this.#file.read(() => this.#reader.tally(query))
  }

  async prune(before: number, keep: number = Number.POSITIVE_INFINITY): Promise<number> {
    const types = await this.#file.read(() => this.#reader.types())
    let removed = 0
    for (const type of types) removed += await this.#remove('type = ? AND time < ?', [type, bounded(before)])
    const beyond = await this.#file.read(() => this.#beyond(keep))
    return removed + (beyond === undefined ? 0 : await this.#remove('position <= ?', [beyond]))
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  #insert(records: readonly LogRecord[]): void {
    const whole = records.length - (records.length % MANY)
    for (let from = 0; from < whole; from += MANY)
      this.#file.run(insertMany, records.slice(from, from + MANY).flatMap(valuesOf))
    for (const record of records.slice(whole)) this.#file.run(insertOne, valuesOf(record))
  }

  /** The newest position that is one too many; `undefined` when none is. */
  #beyond(keep: number): number | undefined {
    const sql = 'SELECT position FROM events_log ORDER BY position DESC LIMIT 1 OFFSET ?'
    return this.#file.numbers(sql, [bounded(keep)])[0]
  }

  async #remove(condition: string, values: readonly Value[]): Promise<number> {
    let removed = 0
    for (let some = FEW; some === FEW; removed += some) {
      some = await this.#file.write(() => this.#removeSome(condition, values))
      await setImmediate()
    }
    return removed
  }

  /** What goes, and that it went, in one: a reader finds it or hears of a gap. */
  #removeSome(condition: string, values: readonly Value[]): number {
    const positions = this.#file.numbers(
      `SELECT position FROM events_log WHERE ${condition} LIMIT ${FEW}`,
      values,
    )
    if (positions.length === 0) return 0
    raise(this.#file, 'removed', Math.max(...positions))
    raise(this.#file, 'gone', stateOf(this.#file, 'gone') + positions.length)
    const sql = 'DELETE FROM events_log WHERE position IN (SELECT value FROM json_each(?))'
    return this.#file.run(sql, [JSON.stringify(positions)])
  }
}
