import type { Module } from '../src/modules/module.ts'
import { runsAtStation } from '../src/modules/modules.ts'
import type { StationFacts } from '../src/station/facts.ts'
import type { Downlink } from './downlink.ts'
import type { Office } from './office.ts'

type ModuleFacts = StationFacts['modules'][number]

/** What the page is told of the ground station. */
export async function factsOf(
  { log, modules, workshop }: Pick<Office, 'log' | 'modules' | 'workshop'>,
  downlink: Downlink,
): Promise<Omit<StationFacts, 'token'>> {
  return {
    isCut: downlink.cable.isCut,
    pages: downlink.connections().filter(({ interest }) => interest.length > 0).length, // another one sends for all of a browser
    logged: await log.count(),
    modules: modules
      .filter(({ scope, elsewhere }) => elsewhere !== undefined || runsAtStation(scope.source))
      .map(factsOfModule),
    ...(workshop && { services: workshop.facts() }),
  }
}

/** What others are told of a module, wherever it runs. */
export function factsOfModule({ scope, stateLine, elsewhere }: Module): ModuleFacts {
  return { name: scope.source, state: stateLine(), ...(elsewhere?.() ?? doneHere(scope)) }
}

function doneHere(scope: Module['scope']): Omit<ModuleFacts, 'name' | 'state'> {
  const subscriptions = scope.subscriptions()
  return {
    place: 'ground station',
    handled: subscriptions.reduce((sum, { delivered }) => sum + delivered, 0),
    failures: subscriptions.reduce((sum, { failures }) => sum + failures, 0),
  }
}
