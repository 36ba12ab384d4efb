import type { Outcome, Transport } from '@heliobus/core'

/**
 * A transport that tells of each event that its bus is done with, and waits until that is told, before the other side
 * hears of it: so whatever is acknowledged was told, and what was told and not acknowledged comes again.
 */
export function tellingSettled(transport: Transport, tell: (id: string) => Promise<void>): Transport {
  return {
    name: transport.name,
    traits: transport.traits,
    open: (port) =>
      transport.open({
        ...port,
        async receive(message, delivery) {
          const outcome = await port.receive(message, delivery)
          if (isHandled(outcome)) await tell(idOf(message))
          return outcome
        },
      }),
  }
}

/** Nobody has given it up, and nobody was kept from it. */
function isHandled({ refused, failed }: Outcome): boolean {
  return (
    refused === undefined && failed.every(({ reason }) => reason !== undefined && reason !== 'unsubscribed')
  )
}

/** What has passed the bus is an event. */
export function idOf(message: unknown): string {
  return String(Reflect.get(Object(message), 'id'))
}
