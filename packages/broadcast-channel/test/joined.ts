import type { Transport } from '@heliobus/core'

/** Several transports as one: a port has two ends only, and the contract is about three peers. */
export function joined(name: string, first: Transport, ...others: readonly Transport[]): Transport {
  return {
    name,
    traits: first.traits,
    async open(port) {
      const links = await Promise.all([first, ...others].map((transport) => transport.open(port)))
      return {
        async send(events) {
          for (const link of links) await link.send(events)
        },
        async close() {
          for (const link of links) await link.close()
        },
      }
    },
  }
}
