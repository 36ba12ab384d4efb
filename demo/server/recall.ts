import { type AnyBus, bridge, type Transport } from '@heliobus/core'
import type { Entry } from '@heliobus/websocket/hub'

/**
 * Gives a bus what the hub had accepted before the process ended: what was not in the log yet comes into it now, and the
 * services know again what they knew. What the log has already it takes no second time.
 */
export async function recall(bus: AnyBus, entries: readonly Entry[]): Promise<void> {
  const past: Transport = {
    name: 'hub-history',
    traits: { ordered: true, durable: true, acknowledges: false, zone: 'process' },
    async open(port) {
      for (const { text } of entries) void port.receive(JSON.parse(text))
      return { send: () => undefined, close: async () => undefined }
    },
  }
  const link = await bridge(bus, past, { send: [] })
  await link.close()
}
