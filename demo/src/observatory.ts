import { broadcastChannel } from '@heliobus/broadcast-channel'
import { type Bridge, bridge, createBus, systemClock } from '@heliobus/core'
import { alertRules } from './alert-rules.ts'
import { catalog, type ObservatoryBus, type ObservatoryDraft } from './catalog/catalog.ts'
import { SystemStartup } from './catalog/system.ts'
import { type Health, watchHealth } from './health.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Module } from './modules/module.ts'
import { startModules } from './modules/modules.ts'
import { createMailService, type MailService } from './services/mail-service.ts'
import { openPast, type Past } from './past/past.ts'
import type { Settings } from './settings.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import { startWatchdog } from './watchdog.ts'

/** All that runs in a tab; the page only looks at it. */
export interface Observatory {
  readonly bus: ObservatoryBus
  /** Undefined when the tab could not be joined to the others. */
  readonly link: Bridge | undefined
  /** Undefined when the browser keeps nothing. */
  readonly past: Past | undefined
  readonly ledger: Ledger
  readonly modules: readonly Module[]
  readonly health: (module: string) => Health
  readonly mail: MailService
  readonly simulation: Simulation
  readonly settings: Settings
}

export async function openObservatory(name: string, settings: Settings): Promise<Observatory> {
  const ledger = createLedger()
  const bus = createBus({ catalog, source: name, middleware: [ledger.enter], alerts: alertRules })
  const health = watchHealth(bus)
  const mail = createMailService(systemClock)
  const modules = startModules(bus, { clock: systemClock, mail })
  startWatchdog(bus)
  const past = await openPast(bus)
  const link = await bridge(bus, broadcastChannel('heliobus')).catch(() => undefined)
  const publish = publisher(bus)
  const simulation = createSimulation({ ...settings, clock: systemClock, publish })
  onFirstStart(simulation, () => publish(SystemStartup({ modules: modules.length })))
  if (!settings.paused) simulation.start()
  return { bus, link, past, ledger, modules, health, mail, simulation, settings }
}

function onFirstStart(simulation: Simulation, run: () => void): void {
  const unsubscribe = simulation.subscribe(() => {
    if (!simulation.state().isRunning) return
    unsubscribe()
    run()
  })
}

/** Publishes each draft as the one who, by the catalog, produces it. */
function publisher(bus: ObservatoryBus): (draft: ObservatoryDraft) => void {
  const scopes = new Map<string, ObservatoryBus>()
  for (const { type, producer = 'simulation' } of catalog) scopes.set(type, bus.scope(producer))
  return (draft) => void scopes.get(draft.type)?.publish(draft)
}
