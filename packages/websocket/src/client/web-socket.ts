import type { Link, Port, Traits, Transport } from '@heliobus/core'
import type { Place } from '../protocol/frames.ts'
import { type ConnectOptions, type Connector, createConnector } from './connector.ts'
import { KeptLink } from './kept-link.ts'
import type { KeptOutbox } from './kept-outbox.ts'
import { toLetter } from './outbox.ts'

export interface WebSocketOptions extends ConnectOptions {
  /**
   * Where events wait for the hub. Default in memory: they go with the page. `indexedDbOutbox` keeps them, and then what is
   * kept counts as accepted.
   */
  readonly outbox?: KeptOutbox
}

export const traits: Traits = {
  ordered: true,
  durable: true,
  acknowledges: true,
  zone: 'network',
  reconnects: true,
}

/**
 * A hub, over a WebSocket. At least once, in both directions, as far as the hub's history reaches and as long as this process
 * lives: over a lost connection it goes on where it left off, and sends again what the hub has not accepted; what can't be
 * made up for is told as a gap. While it is `lost` it tries again, after 0.5 s at first and 30 s at the most, with full jitter.
 *
 * `open` resolves when the first attempt has ended, even if the hub is not there: what is sent waits for it. It rejects when
 * the hub does not let this client in. When that happens later, the link is `closed`. One bus to one transport: it remembers
 * where a closed link left off, and the next one goes on there.
 *
 * @example
 * await bridge(bus, webSocket('wss://shop.example/bus', { token }), { send: ['order.*'] })
 */
export function webSocket(url: string, options: WebSocketOptions = {}): Transport {
  const connector = createConnector(url, options)
  const { outbox } = options
  let place: Place | undefined
  return {
    name: connector.name,
    traits,
    async open(port) {
      const from = place
      place = undefined
      const link =
        outbox === undefined ? plainLink(connector, port, from) : new KeptLink(connector, port, from, outbox)
      await link.open()
      return {
        send: (events) => link.send(events),
        async close() {
          await link.close()
          place = link.place
        },
      }
    },
  }
}

/** A link that is made before it is open, and knows where it left off when it is closed. */
interface PlacedLink extends Link {
  readonly place: Place | undefined
  open(): Promise<void>
}

/** One session for both directions. */
function plainLink(connector: Connector, port: Port, place: Place | undefined): PlacedLink {
  const session = connector.session(port, { place })
  return {
    get place() {
      return session.place
    },
    open: () => session.open(),
    send: (events) => session.send(events.map(toLetter)),
    close: () => session.close(),
  }
}
