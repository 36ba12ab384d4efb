import { BusError } from './errors.ts'
import type { LogQuery } from './event-log.ts'
import type { LogRecord } from './log-record.ts'
import { checkOption, isBound } from './option.ts'
import { matchSegments, parsePattern, parseTopic } from './topic.ts'

const TIME = 'must be epoch milliseconds'

/** Throws `option-invalid`, `pattern-invalid`. */
export function checkQuery({ after, from, to, limit, pattern, direction }: LogQuery): void {
  checkOption('after', after, isPosition, 'must be a position, a whole number')
  checkOption('from', from, isTime, TIME)
  checkOption('to', to, isTime, TIME)
  checkOption('limit', limit, isBound, 'must be a whole number, or Infinity')
  checkOption('direction', direction, isDirection, 'must be forward or backward')
  if (pattern !== undefined) parsePattern(pattern)
}

/** Where a log begins and ends. */
export interface LogBounds {
  /** The highest position that has been removed; 0 when none has. */
  readonly removed: number
  /** The highest position that was ever given; 0 when none was. */
  readonly last: number
}

/**
 * Throws `log-gap` when entries after `query.after` have been removed, and when that lies beyond the end: then it is a
 * position of another log, and nobody knows what is missing. Backward there is no gap: the past just ends somewhere.
 */
export function refuseGap(query: LogQuery, { removed, last }: LogBounds): void {
  const { after, direction, acceptGap = false } = query
  if (after === undefined || direction === 'backward' || acceptGap) return
  if (after < removed || after > last) throw new BusError('log-gap', { after, removed, last })
}

/** Whether a record is one that the query asks for, its position apart. */
export function wanting(query: LogQuery): (record: LogRecord) => boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query
  const { subject, userId, correlationId, pattern } = query
  const isWantedType = pattern === undefined ? (): boolean => true : matching(pattern)
  return (record) =>
    record.time >= from &&
    record.time < to &&
    (subject === undefined || record.subject === subject) &&
    (userId === undefined || record.user_id === userId) &&
    (correlationId === undefined || record.correlation_id === correlationId) &&
    isWantedType(record.type)
}

/** Whether a pattern lets a topic through; each topic is looked at once. Throws `pattern-invalid`. */
export function matching(pattern: string): (type: string) => boolean {
  const wanted = parsePattern(pattern)
  const known = new Map<string, boolean>()
  return (type) => {
    const fits = known.get(type) ?? matchSegments(wanted, parseTopic(type))
    known.set(type, fits)
    return fits
  }
}

function isPosition(position: number): boolean {
  return Number.isSafeInteger(position) && position >= 0
}

function isTime(time: number): boolean {
  return typeof time === 'number' && !Number.isNaN(time)
}

function isDirection(direction: string): boolean {
  return direction === 'forward' || direction === 'backward'
}
