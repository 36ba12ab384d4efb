import { catalog, type ObservatoryBus } from '../catalog/catalog.ts'
import type { StationFacts } from '../station/facts.ts'
import type { Module } from './module.ts'

/** What is known of a module that runs elsewhere. */
export type RemoteModule = Pick<StationFacts['modules'][number], 'handled' | 'failures' | 'state'>

/**
 * Stands here for a module that runs elsewhere: what that takes is not unhandled here. It does nothing with it; what it
 * knows is what is said there.
 */
export function startDelegate(
  observatory: ObservatoryBus,
  service: string,
  place: string,
  now: () => RemoteModule | undefined,
): Module {
  const bus = observatory.scope(service)
  const types = [...catalog].filter(({ consumers = {} }) => service in consumers).map(({ type }) => type)
  bus.subscribe(types, () => undefined, { name: `${service} in the ${place}`, order: 'parallel' })

  return {
    scope: bus,
    stateLine: () => now()?.state ?? 'no news',
    elsewhere: () => ({ place, handled: now()?.handled ?? 0, failures: now()?.failures ?? 0 }),
  }
}
