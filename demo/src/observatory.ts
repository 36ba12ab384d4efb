import { broadcastChannel } from '@heliobus/broadcast-channel'
import { type Bridge, bridge, createBus, systemClock } from '@heliobus/core'
import { catalog, type ObservatoryBus, type ObservatoryDraft } from './catalog/catalog.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Module } from './modules/module.ts'
import { startModules } from './modules/modules.ts'
import type { Settings } from './settings.ts'
import { createSimulation, type Simulation } from './simulation.ts'

/** All that runs in a tab; the page only looks at it. */
export interface Observatory {
  readonly bus: ObservatoryBus
  /** Undefined when the tab could not be joined to the others. */
  readonly link: Bridge | undefined
  readonly ledger: Ledger
  readonly modules: readonly Module[]
  readonly simulation: Simulation
  readonly settings: Settings
}

export async function openObservatory(name: string, settings: Settings): Promise<Observatory> {
  const ledger = createLedger()
  const bus = createBus({ catalog, source: name, middleware: [ledger.enter] })
  const modules = startModules(bus, systemClock)
  const link = await bridge(bus, broadcastChannel('heliobus')).catch(() => undefined)
  const simulation = createSimulation({ ...settings, clock: systemClock, publish: publisher(bus) })
  if (!settings.paused) simulation.start()
  return { bus, link, ledger, modules, simulation, settings }
}

/** Publishes each draft as the one who, by the catalog, produces it. */
function publisher(bus: ObservatoryBus): (draft: ObservatoryDraft) => void {
  const scopes = new Map<string, ObservatoryBus>()
  for (const { type, producer = 'simulation' } of catalog) scopes.set(type, bus.scope(producer))
  return (draft) => void scopes.get(draft.type)?.publish(draft)
}
