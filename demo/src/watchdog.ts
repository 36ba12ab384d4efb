import type { ObservatoryBus } from './catalog/catalog.ts'
import { ModuleError } from './catalog/system.ts'
import { modulesByHandler } from './dead-letters.ts'

/** Tells everybody when a module gives up on an event. It lasts as long as the bus. */
export function startWatchdog(observatory: ObservatoryBus): void {
  const bus = observatory.scope('watchdog')
  observatory.deadLetters.added$.subscribe(({ event, handler }) => {
    if (event.type === ModuleError.type) return // or bad news about bad news would never end
    const module = modulesByHandler(observatory).get(handler ?? '') ?? 'unknown'
    const cause = { correlationId: event.correlationId, causationId: event.id }
    bus.publish(ModuleError({ module, code: 'gave_up' }, cause))
  })
}
