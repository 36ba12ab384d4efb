import { catalog, type ObservatoryBus } from '../catalog/catalog.ts'
import type { StationFacts } from '../station/facts.ts'
import type { Module } from './module.ts'

/**
 * Stands in a tab for a service that runs in the ground station: what the service takes is not unhandled here. It does
 * nothing with it; what it knows is what the station says.
 */
export function startDelegate(
  observatory: ObservatoryBus,
  service: string,
  facts: () => StationFacts,
): Module {
  const bus = observatory.scope(service)
  const types = [...catalog].filter(({ consumers = {} }) => service in consumers).map(({ type }) => type)
  bus.subscribe(types, () => undefined, { name: `${service} in the ground station`, order: 'parallel' })
  const now = (): StationFacts['modules'][number] | undefined =>
    facts().modules.find(({ name }) => name === service)

  return {
    scope: bus,
    stateLine: () => now()?.state ?? 'no news',
    elsewhere: () => ({
      place: 'ground station',
      handled: now()?.handled ?? 0,
      failures: now()?.failures ?? 0,
    }),
  }
}
