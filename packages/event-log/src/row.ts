import type { LogRecord } from '@heliobus/core'

/** A row of `events_log`. */
export interface Row extends LogRecord {
  readonly position: number
}

/** Its columns in their order, but for the position, which the store gives. */
export const columns: readonly (keyof LogRecord)[] = [
  'id',
  'type',
  'source',
  'subject',
  'user_id',
  'key',
  'time',
  'version',
  'correlation_id',
  'causation_id',
  'traceparent',
  'data',
]

export function valuesOf(record: LogRecord): (string | number | null)[] {
  return columns.map((column) => record[column])
}
