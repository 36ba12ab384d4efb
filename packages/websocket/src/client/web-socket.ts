import { type Clock, systemClock, type Transport } from '@heliobus/core'
import type { Place } from '../protocol/frames.ts'
import type { LineLimits } from './line.ts'
import { Session } from './session.ts'
import { platformSocket, type SocketClass } from './socket.ts'
import { platformWake, type Wake } from './wake.ts'

export interface WebSocketOptions {
  /** What proves who this is. A function is asked before every connection, so that a token may expire. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>)
  /** Default: the platform's, in browsers and in Node from version 22. In Node 20 it is that of the package `ws`. */
  readonly WebSocket?: SocketClass
  /** What signals and logs call it. Default the URL without its query. */
  readonly name?: string
  readonly limits?: Partial<LineLimits>
  /** Hears, whenever the link is lost or an attempt has failed, in how many ms the next attempt is made: to show it, say. */
  readonly waits?: (ms: number) => void
  /** Default the system's. */
  readonly clock?: Clock
  /** From 0 to below 1, for the waits between attempts. Default `Math.random`. */
  readonly random?: () => number
  /** Says when to look at the connection at once. Default: when a page is online again, and when it is seen again. */
  readonly wake?: Wake
}

const usual: LineLimits = {
  connectWithin: 10_000,
  silentFor: 35_000,
  answerWithin: 10_000,
  longestFrame: 4_000_000,
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
  const { token, name = `websocket:${url.split('?', 1)[0]!}` } = options
  const { clock = systemClock, random = Math.random, wake = platformWake } = options
  const { waits = (): void => undefined } = options
  const limits = { ...usual, ...options.limits }
  let place: Place | undefined
  return {
    name,
    traits: { ordered: true, durable: true, acknowledges: true, zone: 'network', reconnects: true },
    async open(port) {
      const SocketClass = options.WebSocket ?? platformSocket()
      const session = new Session(port, {
        open: () => new SocketClass(url),
        token: () => (typeof token === 'function' ? token() : token),
        clock,
        random,
        waits,
        limits,
        wake,
        place,
      })
      place = undefined
      await session.open()
      return {
        send: (events) => session.send(events),
        async close() {
          await session.close()
          place = session.place
        },
      }
    },
  }
}
