import { type Clock, consoleLogger, type Logger, systemClock, type WireEvent } from '@heliobus/core'
import type { IncomingMessage } from 'node:http'
import type { Hello } from '../protocol/frames.ts'
import { createMemoryHistory, type History } from './history.ts'

/** Who is at the other end of a connection. Give it whatever else `authorize` needs. */
export interface Principal {
  /** The same for all connections of one user or machine. */
  readonly id: string
}

/** What a principal may do, as patterns. A subscribed pattern must lie inside one of `subscribe`. */
export interface Rights {
  readonly publish: readonly string[]
  readonly subscribe: readonly string[]
}

/** What proves who a client is, as far as the hub knows. */
export type Credentials = Pick<Hello, 'token' | 'session'>

export interface HubOptions<P extends Principal = Principal> {
  /**
   * The pages that may connect, exactly as their `Origin`: `https://shop.example`. Without this check any page could connect
   * with the cookies of its visitor.
   */
  readonly origins: readonly string[]
  /** Whether clients without an Origin may connect: what is no browser sends none. Default false. */
  readonly allowNoOrigin?: boolean
  /** Who this is; undefined for nobody. Throwing is a failure of the hub (4500), not of the client. */
  readonly authenticate: (
    request: IncomingMessage,
    credentials: Credentials,
  ) => P | undefined | Promise<P | undefined>
  /** What a principal may do; undefined: nothing any more. Asked again every `revalidateEvery` ms. */
  readonly authorize: (principal: P) => Rights | undefined | Promise<Rights | undefined>
  /**
   * Looks at each event that a client publishes, before it is accepted. Answers with the event that is taken (so it can set
   * the user, say), or with the reason why it is refused. Default: the event as it is.
   */
  readonly admit?: (event: WireEvent, principal: P) => WireEvent | string
  /** Default: the newest 10,000 events, in memory. */
  readonly history?: History
  readonly limits?: Partial<Limits>
  readonly logger?: Logger
  /** Default the system's. */
  readonly clock?: Clock
}

/** Times are in ms. */
export interface Limits {
  /** Connections at once. Default 10,000. */
  readonly connections: number
  /** Connections of one principal at once. Default 100. */
  readonly connectionsPerPrincipal: number
  /** The largest event that a client may publish, in bytes of JSON. Default 64 KiB. */
  readonly eventBytes: number
  /** Frames a second that are read of one connection; what comes faster waits. Default 2,000. */
  readonly framesPerSecond: number
  /** Events a second that are taken from one connection; what comes faster waits, too. Default 10,000. */
  readonly eventsPerSecond: number
  /** Default 5,000. */
  readonly helloWithin: number
  /** How long `authenticate` and `authorize` may take. Default 10,000. */
  readonly authenticateWithin: number
  /** Default 25,000. */
  readonly pingEvery: number
  /** Default 10,000. */
  readonly pongWithin: number
  /** Default 5 minutes. */
  readonly revalidateEvery: number
  /** A client for whom more bytes wait is sent nothing more for now. Default 1 MiB. */
  readonly pauseAbove: number
  /** One for whom more bytes wait is disconnected. Default 8 MiB. */
  readonly closeAbove: number
  /** So is one that has taken nothing for so long. Default 30,000. */
  readonly slowFor: number
}

const usual: Limits = {
  connections: 10_000,
  connectionsPerPrincipal: 100,
  eventBytes: 64 * 1024,
  framesPerSecond: 2_000,
  eventsPerSecond: 10_000,
  helloWithin: 5_000,
  authenticateWithin: 10_000,
  pingEvery: 25_000,
  pongWithin: 10_000,
  revalidateEvery: 5 * 60_000,
  pauseAbove: 1024 * 1024,
  closeAbove: 8 * 1024 * 1024,
  slowFor: 30_000,
}

/** The options, complete. */
export interface Settings<P extends Principal> extends Required<Omit<HubOptions<P>, 'limits'>> {
  readonly limits: Limits
}

export function settingsOf<P extends Principal>(options: HubOptions<P>): Settings<P> {
  return {
    allowNoOrigin: false,
    admit: (event) => event,
    history: createMemoryHistory(),
    logger: consoleLogger(),
    clock: systemClock,
    ...options,
    limits: { ...usual, ...options.limits },
  }
}
