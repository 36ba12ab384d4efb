import type { WireEvent } from '@heliobus/core'

/** An event as it travels, with an id of its own. */
export function sampleEvent(data: unknown, type: string = 'contract.sample'): WireEvent {
  const id = crypto.randomUUID()
  return {
    specversion: '1.0',
    id,
    source: 'contract',
    type,
    time: '2001-02-03T04:05:06.789Z',
    datacontenttype: 'application/json',
    data,
    partitionkey: 'key',
    correlationid: id,
    schemaversion: 1,
    origin: 'contract',
    hops: 0,
  }
}

/** Events whose data are their numbers. */
export function sampleEvents(count: number): WireEvent[] {
  return Array.from({ length: count }, (_, index) => sampleEvent(index))
}

/** What a peer of another make might send. */
export const malformedEvents: readonly WireEvent[] = JSON.parse(
  '[null, "text", 7, [], {}, { "specversion": "1.0" }, { "id": "x", "type": {} }]',
)

export function idsOf(events: readonly WireEvent[]): string[] {
  return events.map(({ id }) => id)
}

/** A member of whatever came. */
export function member(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined
}
