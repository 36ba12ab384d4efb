import type { Catalog } from './catalog.ts'
import type { AnyDefinition } from './definition.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'

/**
 * An event of a log, or of another process, as a handler would get it today: in its definition's spelling, version and
 * shape, checked by its schema. Throws `topic-unknown`, `version-unknown` when it is newer than its definition,
 * `upcast-failed`, `payload-invalid`, `schema-async`.
 *
 * @example
 * for await (const { event } of log.read()) show(upgrade(event, catalog))
 */
export function upgrade(event: BusEvent, catalog: Catalog): BusEvent {
  const definition = catalog.get(event.type)
  if (definition !== undefined) return fitted(event, definition)
  throw new BusError('topic-unknown', { topic: event.type, nearest: catalog.nearest(event.type) })
}

/** The same by its definition. */
export function fitted(event: BusEvent, definition: AnyDefinition): BusEvent {
  const { type, version } = definition
  return { ...event, type, version, data: definition.parse(upcast(event, definition)) }
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
