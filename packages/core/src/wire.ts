import { BusError, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { faultOf, MAX_TEXT } from './event-fault.ts'
import { copyJson } from './json.ts'
import { faultInPaths } from './secrecy.ts'
import { countPlain, parseTopic } from './topic.ts'

/**
 * An event as it travels: CloudEvents 1.0 in its JSON format (cloudevents.io). Plain, holds only what JSON carries, and
 * shares nothing with the event it was made of. What belongs to one hop stays outside of it, in a transport's frame.
 */
export interface WireEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  /** The topic. */
  readonly type: string
  readonly subject?: string
  /** RFC 3339. */
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data?: unknown
  readonly partitionkey?: string
  readonly traceparent?: string
  readonly correlationid: string
  readonly causationid?: string
  readonly schemaversion: number
  /** Absent for an event that belongs to nobody. */
  readonly userid?: string
  /** The bus that published it; absent in foreign CloudEvents. */
  readonly origin: string
  /** Bridges crossed before this one. */
  readonly hops: number
  /** Paths in the data whose values are masked, joined by commas. */
  readonly redacted?: string
}

/** What came in, checked. */
export interface Arrival {
  readonly event: BusEvent
  /** The bus that published it; undefined for a CloudEvent from elsewhere. */
  readonly origin: string | undefined
  /** Where its data may be masked. */
  readonly redacted: readonly string[]
}

/** The default limit for one event, in bytes of JSON in UTF-8. */
export const MAX_BYTES: number = 1024 * 1024
export const MAX_DEPTH = 32
const MAX_INTEGER = 2 ** 31 - 1 // CloudEvents' integers have 32 bits
const MAX_HOPS = 255
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/i
/** The events of a batch mostly share their millisecond, and dates are slow: what was converted last is remembered. */
const isoOf = remembering((time: number) => new Date(time).toISOString())
const epochOf = remembering((written: string) =>
  rfc3339.test(written) ? Date.parse(written.toUpperCase()) : Number.NaN,
)

/**
 * The event for the wire. Costs one pass over its data; time is kept to the millisecond. Throws `wire-unsupported` with the
 * path of what can't travel (see `copyJson`; also data nested deeper than 32 levels, and a text such as the subject longer
 * than 1,024 characters) and `wire-too-large`. `maxBytes` counts the event as JSON in UTF-8; default 1 MiB. `redacted`:
 * the paths at which its data has been masked.
 */
export function encode(
  event: BusEvent,
  origin: string,
  maxBytes: number = MAX_BYTES,
  redacted: readonly string[] = [],
): WireEvent {
  const fault = faultOf(event)
  if (fault !== undefined) throw new BusError('wire-unsupported', fault)
  const wire = {
    specversion: '1.0',
    id: event.id,
    source: event.source,
    type: event.type,
    subject: event.subject,
    time: isoOf(event.time),
    datacontenttype: 'application/json',
    data: event.data,
    partitionkey: event.key,
    traceparent: event.traceparent,
    correlationid: event.correlationId,
    causationid: event.causationId,
    schemaversion: event.version,
    userid: event.userId ?? undefined,
    origin,
    hops: event.hops,
    redacted: redacted.length > 0 ? redacted.join() : undefined,
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy has the members of the original that are not undefined
  return copyJson(wire, { depth: MAX_DEPTH + 1, bytes: maxBytes }) as WireEvent
}

/**
 * What came over the wire, trusted in nothing: size, depth, types, topic, time and integers are checked, and the event
 * shares nothing with the message. `decode(encode(event))` equals the event. A foreign CloudEvent needs the required
 * attributes only: its time is then `now` (epoch ms), its version 1, its key the subject, else the user. Attributes that
 * Heliobus doesn't know are left out. Throws nothing but `wire-malformed`, whatever the message.
 */
export function decode(message: unknown, now: number, maxBytes: number = MAX_BYTES): Arrival {
  const wire = toAttributes(message, maxBytes)
  const id = required(wire, 'id')
  const origin = text(wire, 'origin')
  const subject = text(wire, 'subject')
  const userId = text(wire, 'userid') ?? null
  const event: BusEvent = {
    id,
    type: topicOf(wire),
    source: required(wire, 'source'),
    subject,
    userId,
    key: text(wire, 'partitionkey') ?? (origin === undefined ? (subject ?? userId ?? undefined) : undefined),
    time: timeOf(wire, now),
    data: wire['data'],
    version: integer(wire, 'schemaversion', 1, MAX_INTEGER),
    correlationId: text(wire, 'correlationid') ?? id,
    causationId: text(wire, 'causationid'),
    traceparent: text(wire, 'traceparent'),
    hops: integer(wire, 'hops', 0, MAX_HOPS),
  }
  return { event, origin, redacted: pathsIn(wire) }
}

type Attributes = Readonly<Record<string, unknown>>

function toAttributes(message: unknown, bytes: number): Attributes {
  const copy = copied(message, bytes)
  if (!isObject(copy)) throw malformed('it is not an object')
  if (copy['specversion'] !== '1.0') throw malformed('its specversion is not "1.0"')
  if (copy['data_base64'] !== undefined) throw malformed('its data is binary')
  return copy
}

function isObject(copy: unknown): copy is Attributes {
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy)
}

function copied(message: unknown, bytes: number): unknown {
  try {
    return copyJson(message, { depth: MAX_DEPTH + 1, bytes })
  } catch (error) {
    if (isBusError(error, 'wire-too-large')) throw malformed(`it is larger than ${bytes} bytes`)
    if (!isBusError(error, 'wire-unsupported')) throw malformed('it cannot be read', error)
    throw malformed(`${error.details.path}: ${error.details.reason}`)
  }
}

/** `null` is how CloudEvents writes an attribute that is not set. */
function text(wire: Attributes, name: string): string | undefined {
  const value = wire[name] ?? undefined
  if (value === undefined) return undefined
  if (typeof value !== 'string') throw malformed(`its ${name} is not a string`)
  if (value.length > MAX_TEXT) throw malformed(`its ${name} is longer than ${MAX_TEXT} characters`)
  return value
}

function required(wire: Attributes, name: string): string {
  const value = text(wire, name)
  if (value === undefined || value === '') throw malformed(`it has no ${name}`)
  return value
}

function pathsIn(wire: Attributes): readonly string[] {
  const paths = text(wire, 'redacted')?.split(',') ?? []
  const fault = faultInPaths(paths)
  if (fault !== undefined) throw malformed(`its redacted ${fault}`)
  return paths
}

function integer(wire: Attributes, name: string, fallback: number, largest: number): number {
  const value = wire[name] ?? fallback
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largest) return value
  throw malformed(`its ${name} is not a whole number up to ${largest}`)
}

function topicOf(wire: Attributes): string {
  const type = required(wire, 'type')
  if (countPlain(type) > 0) return type
  try {
    parseTopic(type)
  } catch (error) {
    throw malformed(isBusError(error) ? error.message : 'its type is no topic', error)
  }
  return type
}

function timeOf(wire: Attributes, now: number): number {
  const written = text(wire, 'time')
  if (written === undefined) return now
  const time = epochOf(written)
  if (Number.isNaN(time)) throw malformed('its time is not an RFC 3339 time')
  return time
}

function malformed(reason: string, cause?: unknown): BusError {
  return new BusError('wire-malformed', { reason }, cause)
}

function remembering<A, R>(compute: (argument: A) => R): (argument: A) => R {
  let last: { readonly argument: A; readonly result: R } | undefined
  return (argument) => {
    if (last?.argument !== argument) last = { argument, result: compute(argument) }
    return last.result
  }
}
