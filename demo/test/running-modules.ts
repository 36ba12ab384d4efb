import { trace, type TraceNode } from '@heliobus/core'
import { createTestBus, type TestBus } from '@heliobus/testing'
import { alertRules } from '../src/alert-rules.ts'
import { catalog, type ObservatoryBus, type ObservatoryEvent } from '../src/catalog/catalog.ts'
import { type Health, watchHealth } from '../src/health.ts'
import type { Module } from '../src/modules/module.ts'
import { startModules } from '../src/modules/modules.ts'
import { createMailService, type MailService } from '../src/services/mail-service.ts'
import { startWatchdog } from '../src/watchdog.ts'

export interface RunningModules extends Omit<TestBus, 'bus' | 'published'> {
  readonly bus: ObservatoryBus
  readonly mail: MailService
  readonly modules: readonly Module[]
  readonly health: (module: string) => Health
  readonly state: (name: string) => string | undefined
  /** Types of the events so far, oldest first. */
  readonly types: () => readonly string[]
}

/** All modules on one bus, as in a tab, with time that passes only when it is told to. */
export function runModules(): RunningModules {
  const { bus, clock, advance, settle } = createTestBus({
    catalog,
    alerts: alertRules,
    logger: { level: 'silent', log: () => undefined },
  })
  const health = watchHealth(bus)
  const mail = createMailService(clock)
  const modules = startModules(bus, { clock, mail })
  startWatchdog(bus)
  return {
    bus,
    clock,
    advance,
    settle,
    mail,
    modules,
    health,
    state: (name) => modules.find(({ scope }) => scope.source === name)?.stateLine(),
    types: () =>
      bus
        .history()
        .toReversed()
        .map(({ type }) => type),
  }
}

/** What an event led to, as types in each other: `['a', [['b', []]]]`. */
export type Chain = readonly [type: string, effects: readonly Chain[]]

export function chainOf(bus: ObservatoryBus, { id }: ObservatoryEvent): Chain | undefined {
  const root = trace(bus, id)
  return root && typesOf(root)
}

function typesOf({ event, effects }: TraceNode): Chain {
  return [event.type, effects.map(typesOf)]
}
