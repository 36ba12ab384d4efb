import type { Port } from '@heliobus/core'

/**
 * For links whose events go out over another session: the hub sends them back, as those of anybody else. A bus would drop
 * its own, too, but only after it has read them, and it would tell of each.
 */
export function withoutEcho({ origin, receive }: Pick<Port, 'origin' | 'receive'>): Port['receive'] {
  return async (event, delivery) =>
    isFrom(origin, event) ? { handled: 0, failed: [] } : receive(event, delivery)
}

function isFrom(origin: string, event: unknown): boolean {
  return typeof event === 'object' && event !== null && Reflect.get(event, 'origin') === origin
}
