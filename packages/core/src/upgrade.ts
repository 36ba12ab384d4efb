import type { Catalog } from './catalog.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { ofLog } from './fitting.ts'

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
  if (definition !== undefined) return definition.fit(event, ofLog)
  throw new BusError('topic-unknown', { topic: event.type, nearest: catalog.nearest(event.type) })
}
