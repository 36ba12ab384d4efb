import type { Module } from '../src/modules/module.ts'
import { isService } from '../src/modules/modules.ts'
import type { StationFacts } from '../src/station/facts.ts'
import type { Downlink } from './downlink.ts'
import type { Office } from './office.ts'

/** What the page is told of the ground station. */
export async function factsOf(
  { log, modules }: Pick<Office, 'log' | 'modules'>,
  downlink: Downlink,
): Promise<Omit<StationFacts, 'token'>> {
  return {
    isCut: downlink.cable.isCut,
    pages: downlink.connections().length,
    logged: await log.count(),
    modules: modules.filter(({ scope }) => isService(scope.source)).map(factsOfModule),
  }
}

function factsOfModule({ scope, stateLine }: Module): StationFacts['modules'][number] {
  const subscriptions = scope.subscriptions()
  return {
    name: scope.source,
    handled: subscriptions.reduce((sum, { delivered }) => sum + delivered, 0),
    failures: subscriptions.reduce((sum, { failures }) => sum + failures, 0),
    state: stateLine(),
  }
}
