import type { StreamLetter } from '@heliobus/redis'
import type { ObservatoryBus } from '../../src/catalog/catalog.ts'
import { ModuleError } from '../../src/catalog/system.ts'

/** Tells everybody that a service has given up on an event, as the watchdog of a tab does. */
export function tellOfLetter(bus: ObservatoryBus, module: string, { event }: StreamLetter): void {
  const fact = (name: string): string => String(Reflect.get(Object(event), name))
  if (fact('type') === ModuleError.type) return // or bad news about bad news would never end
  const cause = { correlationId: fact('correlationid'), causationId: fact('id') }
  bus.publish(ModuleError({ module, code: 'gave_up' }, cause))
}
