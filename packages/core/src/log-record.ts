import { BusError, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { faultOf, texts } from './event-fault.ts'
import { copyJson } from './json.ts'
import { parseTopic } from './topic.ts'

/** An event as logs store it: one row of `events_log`, but for its position. Made and read by `toRecord`, `fromRecord`. */
export interface LogRecord {
  readonly id: string
  readonly type: string
  readonly source: string
  readonly subject: string | null
  readonly user_id: string | null
  readonly key: string | null
  /** Epoch milliseconds, whole. */
  readonly time: number
  readonly version: number
  readonly correlation_id: string
  readonly causation_id: string | null
  readonly traceparent: string | null
  /** JSON; `null` for an event without data. */
  readonly data: string | null
}

const LIMITS = { depth: 33, bytes: 16 * 1024 * 1024 } as const // one level holds the data itself
const MAX_INTEGER = 2 ** 31 - 1
/** What one database or another can't keep in a text: half of a pair of surrogates, and NUL. */
const unstorable = /\p{Cs}|\0/u

/**
 * The event to be stored; shares nothing with it. Costs one pass over its data, which must be what JSON carries without
 * loss, nested at most 32 levels deep, at most 16 MiB. Time is kept to the millisecond, `hops` not at all. Throws
 * `log-unsupported` with the event's id and the path of what can't be stored.
 */
export function toRecord(event: BusEvent): LogRecord {
  const fault = faultOf(event) ?? faultInStore(event)
  if (fault !== undefined) throw new BusError('log-unsupported', { id: event.id, ...fault })
  return {
    id: event.id,
    type: event.type,
    source: event.source,
    subject: event.subject ?? null,
    user_id: event.userId,
    key: event.key ?? null,
    time: Math.floor(event.time),
    version: event.version,
    correlation_id: event.correlationId,
    causation_id: event.causationId ?? null,
    traceparent: event.traceparent ?? null,
    data: textOf(event),
  }
}

/** The event that was stored, with data of its own. Throws a `SyntaxError` when the data is no JSON: the store is damaged. */
export function fromRecord(record: LogRecord): BusEvent {
  return {
    id: record.id,
    type: record.type,
    source: record.source,
    subject: record.subject ?? undefined,
    userId: record.user_id,
    key: record.key ?? undefined,
    time: record.time,
    data: record.data === null ? undefined : (JSON.parse(record.data) as unknown),
    version: record.version,
    correlationId: record.correlation_id,
    causationId: record.causation_id ?? undefined,
    traceparent: record.traceparent ?? undefined,
    hops: 0,
  }
}

function faultInStore(event: BusEvent): { readonly path: string; readonly reason: string } | undefined {
  for (const name of texts) {
    if (unstorable.test(event[name] ?? ''))
      return { path: name, reason: 'it holds a NUL, or half of a surrogate pair' }
  }
  const { version } = event
  if (!Number.isInteger(version) || version < 0 || version > MAX_INTEGER)
    return { path: 'version', reason: `it is not a whole number up to ${MAX_INTEGER}` }
  return topicFault(event.type)
}

function topicFault(type: string): { readonly path: string; readonly reason: string } | undefined {
  try {
    parseTopic(type)
  } catch (error) {
    return {
      path: 'type',
      reason: isBusError(error, 'topic-invalid') ? `it ${error.details.reason}` : 'it is no topic',
    }
  }
  return unstorable.test(type) ? { path: 'type', reason: 'it holds half of a surrogate pair' } : undefined
}

/** The copy is made around the data, so that a path in it begins with `data`; then it is taken out of its text. */
function textOf({ id, data }: BusEvent): string | null {
  try {
    const text = JSON.stringify(copyJson({ data }, LIMITS))
    return text === '{}' ? null : text.slice('{"data":'.length, -1)
  } catch (error) {
    throw new BusError('log-unsupported', { id, ...reasonOf(error) }, error)
  }
}

function reasonOf(error: unknown): { readonly path: string; readonly reason: string } {
  if (isBusError(error, 'wire-unsupported')) return error.details
  const isLarge = isBusError(error, 'wire-too-large')
  return { path: 'data', reason: isLarge ? `it is larger than ${LIMITS.bytes} bytes` : 'it cannot be read' }
}
