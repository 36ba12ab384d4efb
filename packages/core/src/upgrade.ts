import type { Catalog } from './catalog.ts'
import type { AnyDefinition } from './definition.ts'
import { BusError, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { isMembers } from './json.ts'
import { MASK } from './redaction.ts'
import { type Secrecy, secrecyOf } from './secrecy.ts'

/**
 * An event of a log, or of another process, as a handler would get it today: in its definition's spelling, version and
 * shape, checked by its schema; a masked secret needs not fit. Throws `topic-unknown`, `version-unknown` when it is newer than its definition,
 * `upcast-failed`, `payload-invalid`, `schema-async`.
 *
 * @example
 * for await (const { event } of log.read()) show(upgrade(event, catalog))
 */
export function upgrade(event: BusEvent, catalog: Catalog): BusEvent {
  const definition = catalog.get(event.type)
  if (definition !== undefined) return fitted(event, definition, ofLog)
  throw new BusError('topic-unknown', { topic: event.type, nearest: catalog.nearest(event.type) })
}

/** Where data may be masked, apart from what its definition declares. */
export interface Masked {
  readonly redacted?: readonly string[]
  readonly isSecret?: (name: string) => boolean
}

/** In a log more may be masked than is known here; it is our own, so what looks masked is. */
export const ofLog: Masked = { isSecret: () => true }

/** The same by its definition. */
export function fitted(event: BusEvent, definition: AnyDefinition, masked: Masked): BusEvent {
  const { type, version } = definition
  return { ...event, type, version, data: parsed(upcast(event, definition), definition, masked) }
}

/** Data that fits but for what is masked can't be taken through the schema: then it goes on as it came. */
function parsed(data: unknown, definition: AnyDefinition, { redacted = [], isSecret }: Masked): unknown {
  try {
    return definition.parse(data)
  } catch (error) {
    if (!isBusError(error, 'payload-invalid')) throw error
    const secrecy = secrecyOf([...(definition.sensitive ?? []), ...redacted], isSecret)
    if (error.details.issues.every(({ path }) => isMasked(data, path, secrecy))) return data
    throw error
  }
}

/** Whether the way along the path meets a secret that is masked. */
function isMasked(data: unknown, [first, ...rest]: readonly PropertyKey[], secrecy: Secrecy): boolean {
  if (first === undefined || !isMembers(data)) return false
  const name = String(first)
  const member = data[name]
  if (member === MASK && secrecy.hides(name, Array.isArray(data), member)) return true
  return isMasked(member, rest, secrecy.inside(name))
}

function upcast({ type, version: from, data }: BusEvent, definition: AnyDefinition): unknown {
  const { version: known, upcast: steps = {} } = definition
  if (from > known) throw new BusError('version-unknown', { topic: type, version: from, known })
  if (steps[from] === undefined) return data
  let upcasted = data
  for (let version = from; version < known; version++)
    upcasted = step(type, version, upcasted, steps[version]!)
  return upcasted
}

function step(topic: string, version: number, data: unknown, toNext: (data: unknown) => unknown): unknown {
  try {
    return toNext(data)
  } catch (error) {
    throw new BusError('upcast-failed', { topic, version }, error)
  }
}
