import { type AnyBus, bridge, type Transport } from '@heliobus/core'
import type { History } from '@heliobus/websocket/hub'

/**
 * Gives a bus what the hub had accepted before the process ended: what was not in the log yet comes into it now, and the
 * services know again what they knew. What the log has already it takes no second time.
 */
export async function recall(bus: AnyBus, history: History): Promise<void> {
  const past: Transport = {
    name: 'hub-history',
    traits: { ordered: true, durable: true, acknowledges: false, zone: 'process' },
    async open(port) {
      for (let position = history.first; position <= history.last; position++)
        void port.receive(JSON.parse(history.at(position)!.text))
      return { send: () => undefined, close: async () => undefined }
    },
  }
  const link = await bridge(bus, past, { send: [] })
  await link.close()
}
