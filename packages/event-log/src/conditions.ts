import type { LogQuery } from '@heliobus/core'

/** What a row must fulfil: SQL with a `?` for each value. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/** Of what a query says about events: everything but its pattern and the positions. */
export function conditionsOf({ from, to, subject, userId, correlationId }: LogQuery): readonly Condition[] {
  return [
    ...is('time >= ?', from && bounded(from)),
    ...is('time < ?', to && bounded(to)),
    ...is('subject = ?', subject),
    ...(userId === null ? [{ sql: 'user_id IS NULL', values: [] }] : is('user_id = ?', userId)),
    ...is('correlation_id = ?', correlationId),
  ]
}

export function whereOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}

function is(sql: string, value: string | number | undefined): Condition[] {
  return value === undefined ? [] : [{ sql, values: [value] }]
}

/** A time without end, or between two ms, as a number that databases know: what is stored is whole. */
export function bounded(time: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Math.ceil(time), Number.MAX_SAFE_INTEGER))
}
