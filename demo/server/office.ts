import { createBus, type EventLog, record, systemClock } from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import { type History, openLogHistory } from '@heliobus/websocket/hub'
import { alertRules } from '../src/alert-rules.ts'
import { catalog, type ObservatoryBus } from '../src/catalog/catalog.ts'
import type { Module } from '../src/modules/module.ts'
import { startModules } from '../src/modules/modules.ts'
import { createMailService } from '../src/services/mail-service.ts'
import { startWatchdog } from '../src/watchdog.ts'
import { lock } from './lock.ts'
import { recall } from './recall.ts'

/** Where the ground station works: its bus with all modules, and the log. */
export interface Office {
  readonly bus: ObservatoryBus
  readonly modules: readonly Module[]
  readonly log: EventLog
  /** What the hub serves the pages from. */
  readonly history: History
  close(): Promise<void>
}

const KEPT = 1_000_000 // entries of the log

/** Records every event in the SQLite file `path`; beside it lies what the hub remembers. Throws when another station is at it. */
export async function openOffice(path: string): Promise<Office> {
  const unlock = lock(path)
  const log = await openSqliteLog(path)
  const memory = await openSqliteLog(`${path}-hub`)
  const history = await openLogHistory(memory)
  const bus = createBus({ catalog, source: 'ground-station', alerts: alertRules })
  const mail = createMailService(systemClock)
  const modules = startModules(bus, { clock: systemClock, mail, isOnlyPlace: true })
  startWatchdog(bus)
  record(bus, log, { name: 'events_log', retention: { keep: KEPT } })
  await recall(bus, history)
  return {
    bus,
    modules,
    log,
    history,
    async close() {
      await bus.close().catch(() => undefined) // a handler that takes too long is given up
      await memory.close()
      await log.close()
      unlock()
    },
  }
}
