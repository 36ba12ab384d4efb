import { BusError, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { isMembers } from './json.ts'
import { MASK } from './redaction.ts'
import { type Secrecy, secrecyOf } from './secrecy.ts'

/** Where data may be masked, apart from what its definition declares. */
export interface Masked {
  readonly redacted?: readonly string[]
  readonly isSecret?: (name: string) => boolean
}

/** In a log more may be masked than is known here; it is our own, so what looks masked is. */
export const ofLog: Masked = { isSecret: () => true }

/** What a definition says of its data. */
export interface Shape {
  readonly type: string
  readonly version: number
  readonly parse: (data: unknown) => unknown
  readonly upcast?: Readonly<Record<number, (data: unknown) => unknown>>
  readonly sensitive?: readonly string[]
}

/**
 * An event of another time or place as a handler would get it today: in its definition's spelling, version and shape, checked;
 * a masked secret needs not fit. Throws `version-unknown`, `upcast-failed`, `payload-invalid`, `schema-async`.
 */
export function fitted(event: BusEvent, shape: Shape, masked: Masked): BusEvent {
  const { type, version } = shape
  return { ...event, type, version, data: parsed(upcast(event, shape), shape, masked) }
}

/** Data that fits but for what is masked can't be taken through the schema: then it goes on as it came. */
function parsed(data: unknown, shape: Shape, { redacted = [], isSecret }: Masked): unknown {
  try {
    return shape.parse(data)
  } catch (error) {
    if (!isBusError(error, 'payload-invalid')) throw error
    const secrecy = secrecyOf([...(shape.sensitive ?? []), ...redacted], isSecret)
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

function upcast({ type, version: from, data }: BusEvent, shape: Shape): unknown {
  const { version: known, upcast: steps = {} } = shape
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
