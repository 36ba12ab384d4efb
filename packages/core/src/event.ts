import { childTraceparent } from './trace-context.ts'

/** What travels: one thing that happened. `E` of a catalog: see `EventOf`. Frozen when the bus is in development. */
export interface BusEvent<Type extends string = string, Data = unknown> {
  /** UUIDv7, rising within a bus. */
  readonly id: string
  /** The topic, spelled as its definition spells it. */
  readonly type: Type
  /** Who published it: a module, a service. */
  readonly source: string
  /** The entity it is about; by default also its ordering key. */
  readonly subject: string | undefined
  /** The user it belongs to; `null` for a global event. */
  readonly userId: string | null
  /** Events of one key are handled in order: the definition's `key`, else the subject, else the user. */
  readonly key: string | undefined
  /** Epoch milliseconds. */
  readonly time: number
  readonly data: Data
  /** Of the definition, so that older data can be told from newer. */
  readonly version: number
  /** Shared by all events of one flow; a first event starts a flow with its own id. */
  readonly correlationId: string
  /** The event whose handling led to this one. */
  readonly causationId: string | undefined
  /** W3C trace context, passed on as it came. */
  readonly traceparent: string | undefined
  /** Bridges crossed so far; 0 on the bus that published it. */
  readonly hops: number
}

/** What a publisher may say beside topic and data; all optional. */
export interface PublishOptions {
  readonly subject?: string | undefined
  readonly userId?: string | null | undefined
  readonly correlationId?: string | undefined
  readonly causationId?: string | undefined
  readonly traceparent?: string | undefined
}

const none: PublishOptions = {}

/** The event of a publish. A literal with all members always present: one hidden class, whatever the options. */
export function seal(
  id: string,
  type: string,
  source: string,
  time: number,
  data: unknown,
  version: number,
  options: PublishOptions = none,
): BusEvent {
  const userId = options.userId ?? null
  return {
    id,
    type,
    source,
    subject: options.subject,
    userId,
    key: options.subject ?? userId ?? undefined,
    time,
    data,
    version,
    correlationId: options.correlationId ?? id,
    causationId: options.causationId,
    traceparent: options.traceparent,
    hops: 0,
  }
}

/** The same event, as an effect of another. What its publisher has said of its cause counts more. */
export function sealEffect(event: BusEvent, cause: BusEvent, options: PublishOptions = none): BusEvent {
  return changed(event, {
    key: event.key,
    correlationId: options.correlationId ?? cause.correlationId,
    causationId: options.causationId ?? cause.id,
    traceparent: options.traceparent ?? childTraceparent(cause, event.id),
    hops: event.hops,
  })
}

/** The same event under another key. */
export function sealWithKey(event: BusEvent, key: string | undefined): BusEvent {
  const { correlationId, causationId, traceparent, hops } = event
  return changed(event, { key, correlationId, causationId, traceparent, hops })
}

/** The same event, one bridge further. */
export function hop(event: BusEvent): BusEvent {
  const { key, correlationId, causationId, traceparent, hops } = event
  return changed(event, { key, correlationId, causationId, traceparent, hops: hops + 1 })
}

type Changes = Pick<BusEvent, 'key' | 'correlationId' | 'causationId' | 'traceparent' | 'hops'>

/** Written out like the first: a spread would make another kind of object, and all who read events slower. */
function changed(
  { id, type, source, subject, userId, time, data, version }: BusEvent,
  { key, correlationId, causationId, traceparent, hops }: Changes,
): BusEvent {
  return {
    id,
    type,
    source,
    subject,
    userId,
    key,
    time,
    data,
    version,
    correlationId,
    causationId,
    traceparent,
    hops,
  }
}

/** Freezes an event and the plain objects and arrays of its data: a handler that mutates what others will see fails at once. */
export function freeze(event: BusEvent): BusEvent {
  freezeDeep(event.data, new Set())
  return Object.freeze(event)
}

function freezeDeep(value: unknown, seen: Set<unknown>): void {
  if (typeof value !== 'object' || value === null || seen.has(value) || !isPlain(value)) return
  seen.add(value)
  Object.freeze(value)
  for (const member of Object.values(value)) freezeDeep(member, seen)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
