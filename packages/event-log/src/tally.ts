import { BusError, checkQuery } from '@heliobus/core'

/** What is counted; without a member, all. */
export interface TallyQuery {
  readonly pattern?: string | undefined
  /** Events of this time or later, in epoch ms. */
  readonly from?: number | undefined
  /** Events before this time, in epoch ms. */
  readonly to?: number | undefined
  /** How long each stretch of time is that is counted by itself, in ms; they begin at multiples of it. Default: one for all. */
  readonly every?: number | undefined
}

/** The events of one type in one stretch of time. */
export interface Tally {
  readonly type: string
  /** Of the stretch, in epoch ms; without `every` and `from`, the time of the first event. */
  readonly start: number
  /** The end of the stretch, in epoch ms; without `every` and `to`, the time of the last event. */
  readonly end: number
  readonly count: number
  /** Events per second over the stretch; 0 when it has no length. */
  readonly rate: number
}

/** A row of the statement. */
export interface TallyRow {
  readonly type: string
  readonly start: number
  readonly count: number
  readonly first: number
  readonly last: number
}

/** As many as a dashboard can draw, and memory holds. */
const MOST = 10_000

/** Throws `option-invalid`, `pattern-invalid`. */
export function checkTally({ pattern, from, to, every }: TallyQuery): void {
  checkQuery({ pattern, from, to })
  if (every !== undefined && !(Number.isSafeInteger(every) && every > 0))
    throw new BusError('option-invalid', {
      option: 'every',
      reason: `must be whole ms above 0, not ${every}`,
    })
}

/** SQL that SQLite and PostgreSQL understand alike; the values of `every` come before those of `where`. */
export function tallySql(table: string, where: string, { every }: TallyQuery): string {
  const start = every === undefined ? '0' : 'time - (time % ? + ?) % ?' // of times before 1970, too
  return `SELECT type, CAST(${start} AS float8) AS start, CAST(count(*) AS float8) AS count,
      CAST(min(time) AS float8) AS first, CAST(max(time) AS float8) AS last
    FROM ${table} ${where} GROUP BY 1, 2 ORDER BY 2, 1 LIMIT ${MOST + 1}`
}

export function tallyValues({ every }: TallyQuery): readonly number[] {
  return every === undefined ? [] : [every, every, every]
}

/** Throws `option-invalid` when they are too many. */
export function talliesOf(rows: readonly TallyRow[], query: TallyQuery): readonly Tally[] {
  if (rows.length <= MOST) return rows.map((row) => tallyOf(row, query))
  const reason = `gives more than ${MOST} tallies; choose a longer one, or a shorter time`
  throw new BusError('option-invalid', { option: 'every', reason })
}

function tallyOf({ type, count, ...row }: TallyRow, { every, from, to }: TallyQuery): Tally {
  const start = every === undefined ? finite(from, row.first) : row.start
  const end = every === undefined ? finite(to, row.last) : row.start + every
  return { type, start, end, count, rate: end > start ? (count * 1_000) / (end - start) : 0 }
}

function finite(time: number | undefined, otherwise: number): number {
  return time !== undefined && Number.isFinite(time) ? time : otherwise
}
