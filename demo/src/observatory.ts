import { broadcastChannel } from '@heliobus/broadcast-channel'
import { type Bridge, bridge, createBus, type RemoteTap, systemClock } from '@heliobus/core'
import { alertRules } from './alert-rules.ts'
import { catalog, type ObservatoryBus, type ObservatoryDraft } from './catalog/catalog.ts'
import { SystemStartup } from './catalog/system.ts'
import { type Health, watchHealth } from './health.ts'
import { createLedger, type Ledger } from './ledger.ts'
import type { Module } from './modules/module.ts'
import { startDelegate } from './modules/delegate.ts'
import { startModules } from './modules/modules.ts'
import { createMailService, type MailControl } from './services/mail-service.ts'
import { openPast, type Past } from './past/past.ts'
import type { Settings } from './settings.ts'
import { createSimulation, type Simulation } from './simulation.ts'
import type { StationFacts } from './station/facts.ts'
import { createNews, type StationNews } from './station/news.ts'
import { remoteMail } from './station/remote-mail.ts'
import { stationTap } from './station/station-tap.ts'
import { openUplink, type Uplink } from './station/uplink.ts'
import { startWatchdog } from './watchdog.ts'

/** All that runs in a tab; the page only looks at it. */
export interface Observatory {
  readonly bus: ObservatoryBus
  /** Undefined when the tab could not be joined to the others. */
  readonly link: Bridge | undefined
  /** Undefined when no ground station serves the page. */
  readonly uplink: Uplink | undefined
  /** Other processes, for the devtools. */
  readonly remotes: readonly RemoteTap[]
  /** Undefined when the browser keeps nothing. */
  readonly past: Past | undefined
  readonly ledger: Ledger
  readonly modules: readonly Module[]
  readonly health: (module: string) => Health
  /** Of the mail service, wherever it is. */
  readonly mail: MailControl
  readonly simulation: Simulation
  readonly settings: Settings
}

/** `station` is what the ground station has said of itself; null when there is none. */
export async function openObservatory(
  name: string,
  settings: Settings,
  station: StationFacts | null,
): Promise<Observatory> {
  const ledger = createLedger()
  const bus = createBus({ catalog, source: name, middleware: [ledger.enter], alerts: alertRules })
  const health = watchHealth(bus)
  const here = createMailService(systemClock)
  const news = station === null ? undefined : createNews(station)
  const mail = news?.facts().services === undefined ? here : remoteMail(news)
  const elsewhere = news && ((module: string): Module | undefined => delegateOf(module, bus, news))
  const modules = startModules(bus, { clock: systemClock, mail: here }, elsewhere)
  startWatchdog(bus)
  const past = await openPast(bus)
  const link = await bridge(bus, broadcastChannel('heliobus')).catch(() => undefined)
  const uplink = news && (await openUplink(bus, news))
  const remotes = news === undefined ? [] : [stationTap(news)]
  const publish = publisher(bus)
  const simulation = createSimulation({ ...settings, clock: systemClock, publish })
  onFirstStart(simulation, () => publish(SystemStartup({ modules: modules.length })))
  if (!settings.paused) simulation.start()
  return { bus, link, uplink, remotes, past, ledger, modules, health, mail, simulation, settings }
}

/** Undefined for a module that does not run elsewhere. */
function delegateOf(module: string, bus: ObservatoryBus, { facts }: StationNews): Module | undefined {
  const now = (): StationFacts['modules'][number] | undefined =>
    facts().modules.find(({ name }) => name === module)
  const known = now()
  return known && startDelegate(bus, module, known.place, now)
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
