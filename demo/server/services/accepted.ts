import type { Transport, WireEvent } from '@heliobus/core'
import type { Tally } from './books.ts'
import { idOf } from './settled.ts'

/** A transport that enters what the other side has: what it has accepted from here, and what comes from there. */
export function enteringAccepted(transport: Transport, accepted: Tally): Transport {
  return {
    name: transport.name,
    traits: transport.traits,
    async open(port) {
      const link = await transport.open({
        ...port,
        receive(message, delivery) {
          accepted.add([idOf(message)])
          return port.receive(message, delivery)
        },
      })
      return {
        close: () => link.close(),
        async send(events: readonly WireEvent[]) {
          const rejections = await link.send(events)
          const refused = new Set(rejections?.map(({ index }) => index))
          accepted.add(events.filter((_, index) => !refused.has(index)).map(({ id }) => id))
          return rejections
        },
      }
    },
  }
}
