import { createBus, type EventLog, record, systemClock } from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import { type History, openLogHistory } from '@heliobus/websocket/hub'
import { alertRules } from '../src/alert-rules.ts'
import { catalog, type ObservatoryBus } from '../src/catalog/catalog.ts'
import type { Module } from '../src/modules/module.ts'
import { startDelegate } from '../src/modules/delegate.ts'
import { startModules } from '../src/modules/modules.ts'
import { isServiceName } from '../src/modules/service-names.ts'
import { createMailService } from '../src/services/mail-service.ts'
import { startWatchdog } from '../src/watchdog.ts'
import { lock } from './lock.ts'
import { recall } from './recall.ts'
import { openWorkshop, type Workshop } from './services/workshop.ts'

/** Where the ground station works: its bus with all modules, and the log. */
export interface Office {
  readonly bus: ObservatoryBus
  readonly modules: readonly Module[]
  readonly log: EventLog
  /** What the hub serves the pages from. */
  readonly history: History
  /** Undefined: there is no Redis, and no service runs outside of this process. */
  readonly workshop: Workshop | undefined
  close(): Promise<void>
}

const KEPT = 1_000_000 // entries of the log
/** Where a service runs over Redis. */
const WORKERS = 'workers of its group'

/**
 * Records every event in the SQLite file `path`; beside it lies what the hub remembers. `redis` is an address: the services
 * run over it. Throws when another station is at the file, and when Redis can't be used.
 */
export async function openOffice(path: string, redis?: string): Promise<Office> {
  const unlock = lock(path)
  const log = await openSqliteLog(path)
  const memory = await openSqliteLog(`${path}-hub`)
  const history = await openLogHistory(memory)
  const bus = createBus({ catalog, source: 'ground-station', alerts: alertRules })
  const mail = createMailService(systemClock)
  let workshop: Workshop | undefined
  const elsewhere = (module: string): Module | undefined =>
    redis !== undefined && isServiceName(module)
      ? startDelegate(bus, module, WORKERS, () => workshop?.module(module))
      : undefined
  const modules = startModules(bus, { clock: systemClock, mail, isOnlyPlace: true }, elsewhere)
  startWatchdog(bus)
  record(bus, log, { name: 'events_log', retention: { keep: KEPT } })
  await recall(bus, history)
  if (redis !== undefined) workshop = await openWorkshop(bus, redis)
  return {
    bus,
    modules,
    log,
    history,
    workshop,
    async close() {
      await workshop?.close()
      await bus.close().catch(() => undefined) // a handler that takes too long is given up
      await memory.close()
      await log.close()
      unlock()
    },
  }
}
