import type { EventLog } from '@heliobus/core'
import { isService } from '../src/modules/modules.ts'
import type { Module } from '../src/modules/module.ts'
import type { StationFacts } from '../src/station/facts.ts'
import type { Downlink } from './downlink.ts'

interface Parts {
  readonly token: string
  readonly downlink: Downlink
  readonly log: EventLog
  readonly modules: readonly Module[]
}

/** What the page is told of the ground station. */
export async function factsOf({ token, downlink, log, modules }: Parts): Promise<StationFacts> {
  return {
    token,
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
