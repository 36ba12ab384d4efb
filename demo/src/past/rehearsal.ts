import { type BusEvent, createBus, type EventLog, type Middleware, replay, systemClock } from '@heliobus/core'
import { catalog } from '../catalog/catalog.ts'
import { startModules } from '../modules/modules.ts'
import { createMailService } from '../services/mail-service.ts'

/** What became of a stretch of the past when it happened once more. */
export interface Rehearsal {
  readonly events: number
  /** What each module knows after it, by its name; those that took something. */
  readonly states: ReadonlyMap<string, string>
}

/** What the modules say to it is in the log already. */
const silence: Middleware = () => undefined

/**
 * Gives the last `ms` before an event, and the event, to modules of their own, on a bus that nothing leaves: what happens
 * there has no effect here.
 */
export async function rehearse(log: EventLog, { time }: BusEvent, ms: number): Promise<Rehearsal> {
  const bus = createBus({ catalog, source: 'rehearsal', middleware: [silence] })
  const modules = startModules(bus, { clock: systemClock, mail: createMailService(systemClock) })
  const { replayed } = await replay(log, bus, { from: time - ms, to: time + 1 }).done
  const busy = modules.filter(({ scope }) => scope.subscriptions().some(({ delivered }) => delivered > 0))
  const states = new Map(busy.map(({ scope, stateLine }) => [scope.source, stateLine()]))
  await bus.close()
  return { events: replayed, states }
}
