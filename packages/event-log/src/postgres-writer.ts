import { BusError, type LogRecord } from '@heliobus/core'
import type { PostgresDatabase } from './postgres-database.ts'
import { isRefusal, messageOf } from './postgres-error.ts'
import type { Naming } from './postgres-names.ts'
import { columns } from './row.ts'

/** What one partition holds. */
export type Stretch = 'day' | 'month'

const DAY = 24 * 60 * 60 * 1_000
/** Of one statement: as many rows, and as many characters of data. */
const MOST = { rows: 1_000, text: 8 * 1024 * 1024 }
/** Bytes of a text that an index takes (postgresql.org/docs/current/btree.html: a third of a page). */
const LONGEST = 2_600
const indexed = ['id', 'user_id', 'correlation_id'] as const

/** Throws `log-unsupported` for what would not find its place in an index. */
export function refuseLong(record: LogRecord): void {
  const column = indexed.find((name) => Buffer.byteLength(record[name] ?? '') > LONGEST)
  if (column === undefined) return
  const reason = `it is longer than ${LONGEST} bytes, which PostgreSQL can't find again`
  throw new BusError('log-unsupported', { id: record.id, path: memberOf(column), reason })
}

/** Stores those whose ids are not there yet. Rejects with `log-unsupported` when the database refuses one of them. */
export async function insert(
  database: PostgresDatabase,
  names: Naming,
  records: readonly LogRecord[],
  stretch: Stretch,
): Promise<void> {
  for (const batch of batchesOf(records)) {
    const values = [JSON.stringify(batch), JSON.stringify(stretchesOf(batch, stretch))]
    try {
      await database.ask(`SELECT ${names('_append')}(?::json, ?::json)`, values)
    } catch (error) {
      throw isRefusal(error) ? await blame(database, batch, error) : error
    }
  }
}

/** Most appends are one. Those with much data are several: no text may become too large for the client or the server. */
function batchesOf(records: readonly LogRecord[]): readonly (readonly LogRecord[])[] {
  const batches: LogRecord[][] = []
  let room = 0
  for (const record of records) {
    room -= record.data?.length ?? 0
    if (room < 0 || (batches.at(-1)?.length ?? MOST.rows) >= MOST.rows) {
      batches.push([])
      room = MOST.text
    }
    batches.at(-1)?.push(record)
  }
  return batches
}

/** The stretches of time in which they lie, in UTC: from `low` on and before `high`. */
function stretchesOf(
  records: readonly LogRecord[],
  stretch: Stretch,
): readonly { readonly low: number; readonly high: number }[] {
  const lows = new Set(records.map(({ time }) => (stretch === 'day' ? dayOf(time) : monthOf(time, 0))))
  return [...lows].map((low) => ({ low, high: stretch === 'day' ? low + DAY : monthOf(low, 1) }))
}

function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY
}

function monthOf(time: number, later: number): number {
  const date = new Date(time)
  date.setUTCHours(0, 0, 0, 0)
  return date.setUTCMonth(date.getUTCMonth() + later, 1)
}

/** What the database has against which event; its own error, when it has nothing against any one of them. */
async function blame(
  database: PostgresDatabase,
  records: readonly LogRecord[],
  error: unknown,
): Promise<unknown> {
  let suspects = records
  while (suspects.length > 1) {
    const half = suspects.slice(0, Math.ceil(suspects.length / 2))
    suspects = (await refusalOf(database, JSON.stringify(half))) ? half : suspects.slice(half.length)
  }
  const [record] = suspects
  if (record === undefined) return error
  for (const column of columns) {
    const refusal = await refusalOf(database, String(record[column] ?? ''))
    if (refusal)
      return new BusError(
        'log-unsupported',
        { id: record.id, path: memberOf(column), reason: refusal },
        error,
      )
  }
  return error
}

/** Why the database does not take a text; `undefined` when it does. */
async function refusalOf(database: PostgresDatabase, text: string): Promise<string | undefined> {
  try {
    await database.ask('SELECT length(?::text)', [text])
    return undefined
  } catch (error) {
    if (!isRefusal(error)) throw error
    return messageOf(error instanceof Error ? error.cause : error)
  }
}

function memberOf(column: string): string {
  return column.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}
