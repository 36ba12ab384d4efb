import { type Clock, systemClock } from '@heliobus/core'
import type { Place } from '../protocol/frames.ts'
import { type LineLimits, usualLimits } from './line.ts'
import type { Receiver } from './receiver.ts'
import { Session } from './session.ts'
import { platformSocket, type SocketClass } from './socket.ts'
import { platformWake, type Wake } from './wake.ts'

export interface ConnectOptions {
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

/** Who a session is. */
interface Identity {
  /** Default a new name. */
  readonly session?: string
  /** Where an earlier session left off. */
  readonly place?: Place | undefined
}

/** How this client connects, and what it does that with. */
export interface Connector {
  readonly name: string
  readonly clock: Clock
  readonly random: () => number
  /** A session that isn't open yet. Throws when the platform has no WebSocket. */
  session(receiver: Receiver, identity: Identity): Session
}

export function createConnector(url: string, options: ConnectOptions): Connector {
  const { token, name = `websocket:${url.split('?', 1)[0]!}` } = options
  const { clock = systemClock, random = Math.random, wake = platformWake } = options
  const { waits = (): void => undefined } = options
  const limits = { ...usualLimits, ...options.limits }
  return {
    name,
    clock,
    random,
    session(receiver, { session = crypto.randomUUID(), place }) {
      const SocketClass = options.WebSocket ?? platformSocket()
      return new Session(receiver, {
        name: session,
        open: () => new SocketClass(url),
        token: () => (typeof token === 'function' ? token() : token),
        clock,
        random,
        waits,
        limits,
        wake,
        place,
      })
    },
  }
}
