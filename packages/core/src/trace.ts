import type { AnyBus } from './bus.ts'
import type { BusEvent } from './event.ts'

/** An event, and what its handling led to. */
export interface TraceNode {
  readonly event: BusEvent
  /** In the order in which they were published. */
  readonly effects: readonly TraceNode[]
}

/**
 * The flow that an event belongs to, from the earliest event that the history still holds; `undefined` when it holds no
 * event with this id. Linear in the history.
 *
 * @example
 * const storm = trace(bus, event.id)
 * storm?.effects.map(({ event }) => event.type) // ['synthesis.triggered']
 */
export function trace(bus: Pick<AnyBus, 'history'>, id: string): TraceNode | undefined {
  const events = bus.history('**').toReversed()
  const byId = new Map(events.map((event) => [event.id, event]))
  const event = byId.get(id)
  return event === undefined ? undefined : nodeOf(rootOf(event, byId), effectsOf(events), new Set())
}

function rootOf(event: BusEvent, byId: ReadonlyMap<string, BusEvent>): BusEvent {
  const seen = new Set<BusEvent>()
  let root = event
  while (!seen.has(root)) {
    seen.add(root)
    const cause = root.causationId === undefined ? undefined : byId.get(root.causationId)
    if (cause === undefined) return root
    root = cause
  }
  return root // ids that lead in circles come from elsewhere: no bus of ours makes them
}

function effectsOf(events: readonly BusEvent[]): ReadonlyMap<string, readonly BusEvent[]> {
  const effects = new Map<string, BusEvent[]>()
  for (const event of events) {
    if (event.causationId === undefined) continue
    const siblings = effects.get(event.causationId)
    if (siblings === undefined) effects.set(event.causationId, [event])
    else siblings.push(event)
  }
  return effects
}

function nodeOf(
  event: BusEvent,
  effects: ReadonlyMap<string, readonly BusEvent[]>,
  above: Set<string>,
): TraceNode {
  above.add(event.id)
  const next = (effects.get(event.id) ?? []).filter(({ id }) => !above.has(id))
  return { event, effects: next.map((effect) => nodeOf(effect, effects, above)) }
}
