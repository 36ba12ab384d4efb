import type { AnyBus, DeadLetter } from '@heliobus/core'

/** Dead letters by the module whose handler gave up. */
export function lettersByModule(bus: AnyBus): ReadonlyMap<string, readonly DeadLetter[]> {
  const found = new Map<string, DeadLetter[]>()
  if (bus.deadLetters.size === 0) return found
  const modules = modulesByHandler(bus)
  for (const letter of bus.deadLetters.list()) {
    const module = modules.get(letter.handler ?? '') ?? ''
    const others = found.get(module)
    if (others === undefined) found.set(module, [letter])
    else others.push(letter)
  }
  return found
}

/** Which module a handler belongs to: here, no two have the same name. */
export function modulesByHandler(bus: AnyBus): ReadonlyMap<string, string> {
  return new Map(bus.subscriptions().map(({ name, scope }) => [name, scope]))
}
