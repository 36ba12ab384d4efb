import type { Clock, Link, Port, Traits, Transport, WireEvent } from '@heliobus/core'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, Violation } from '../protocol/close-code.ts'
import type { WebSocket } from 'ws'
import { ENVELOPE } from '../protocol/frames.ts'
import { Audiences } from './audience.ts'
import { Connection, type Host } from './connection.ts'
import { Exchange } from './exchange.ts'
import { Gate } from './gate.ts'
import { LocalLink } from './local-link.ts'
import { placeIn } from './offset.ts'
import { type Guest, keyOf, Reception } from './reception.ts'
import { Sessions } from './sessions.ts'
import { type HubOptions, type Limits, type Principal, type Settings, settingsOf } from './settings.ts'
import { Visit } from './visit.ts'

/** A client that is connected. */
export interface ConnectionInfo {
  readonly principal: string
  /** Patterns of what it has asked for; none: it only sends, or has not asked yet. */
  readonly interest: readonly string[]
  /** Events in the history that it has not been sent. */
  readonly behind: number
  /** Bytes that wait for it. */
  readonly buffered: number
}

/** A WebSocket server that joins buses: those of its clients, and those of its own process, which `bridge` joins to it. */
export interface Hub extends Transport {
  /** Takes the upgrades of an HTTP server to `path` (default `/`). The returned function undoes it. */
  attach(server: Server, path?: string): () => void
  /** The same for one upgrade, for servers with a routing of their own. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  connections(): readonly ConnectionInfo[]
  /**
   * Ends every connection of a principal: somebody who has logged out, say. Answers with their number; those that are being
   * authenticated at the moment end as soon as they are, and are not counted.
   */
  disconnect(principalId: string): number
  /**
   * Takes no more clients, and tells those that are there to come back in `retryAfter` to twice so many ms (default 1,000).
   * Resolves when what has come in is in the history, after `timeout` ms (default 5,000) in any case. Leaves the HTTP server
   * as it is. Twice is fine.
   */
  close(options?: { readonly retryAfter?: number; readonly timeout?: number }): Promise<void>
}

/**
 * Makes a hub. Buses that are bridged to it and its clients hear each other, as far as `authorize` lets them.
 *
 * @example
 * const hub = createHub({ origins: ['https://shop.example'], authenticate, authorize })
 * hub.attach(server, '/bus')
 * await bridge(bus, hub, { send: ['order.**'] })
 */
export function createHub<P extends Principal>(options: HubOptions<P>): Hub {
  return new WebSocketHub(settingsOf(options))
}

class WebSocketHub<P extends Principal> implements Hub, Host<P> {
  readonly name = 'websocket-hub'
  readonly traits: Traits = { ordered: true, durable: false, acknowledges: true, zone: 'network' }
  readonly clock: Clock
  readonly limits: Limits
  readonly reception: Reception<P>
  readonly #settings: Settings<P>
  readonly #gate: Gate
  readonly #exchange: Exchange
  readonly #sessions = new Sessions()
  readonly #connections = new Set<Connection<P>>()
  readonly #locals = new Set<LocalLink>()
  readonly #maxBytes: number
  readonly #audiences: Audiences
  #isClosed = false

  constructor(settings: Settings<P>) {
    this.#settings = settings
    this.clock = settings.clock
    this.limits = settings.limits
    this.reception = new Reception(settings)
    this.#exchange = new Exchange(settings.history, {
      failed: (error) => this.#lostTrack(error),
      renewed: () => this.#beginAnew(),
    })
    this.#sessions.restore(settings.history)
    this.#maxBytes = settings.limits.eventBytes + ENVELOPE
    this.#audiences = new Audiences(settings.history, this.#maxBytes)
    this.#gate = new Gate({
      maxBytes: this.#maxBytes,
      hasRoom: () => !this.#isClosed && this.#connections.size < settings.limits.connections,
      enter: (socket, request) => this.#enter(socket, request),
    })
  }

  attach(server: Server, path: string = '/'): () => void {
    return this.#gate.attach(server, path)
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#gate.upgrade(request, socket, head)
  }

  async open(port: Port): Promise<Link> {
    if (this.#isClosed) throw new Error('the hub is closed')
    const { append, history } = this.#exchange
    const link = new LocalLink({ port, history, append, closed: () => this.#part(link) })
    this.#locals.add(link)
    this.#exchange.join(link)
    return link
  }

  connections(): readonly ConnectionInfo[] {
    return [...this.#connections].flatMap(({ guest, visit, bufferedAmount }) =>
      guest && visit ? [{ principal: guest.principal.id, ...visit.standing, buffered: bufferedAmount }] : [],
    )
  }

  disconnect(principalId: string): number {
    return [...this.#connections].filter((connection) => connection.logOut(principalId)).length
  }

  async close({ retryAfter = 1_000, timeout = 5_000 }: Parameters<Hub['close']>[0] = {}): Promise<void> {
    this.#isClosed = true
    this.#gate.detach()
    for (const connection of this.#connections) {
      connection.send({ type: 'bye', retryAfter })
      connection.close(CloseCode.shutdown, 'the hub shuts down')
    }
    for (const link of this.#locals) link.end()
    await this.#exchange.end(this.clock, timeout)
  }

  async prepare(guest: Guest<P>): Promise<Guest<P>> {
    const known = await this.#exchange.catchUp(keyOf(guest))
    return known === undefined ? guest : { ...guest, known }
  }

  seat(guest: Guest<P>, connection: Connection<P>): Visit {
    const { history } = this.#exchange
    const { principal, hello, rights } = guest
    if (this.#connectionsOf(principal.id).length > this.limits.connectionsPerPrincipal)
      throw new Violation(CloseCode.crowded, 'too many connections')
    const resumed = placeIn(history, hello.resume)
    const visit = new Visit({
      rights,
      history,
      position: resumed ?? history.last,
      clock: this.clock,
      limits: this.limits,
      maxBytes: this.#maxBytes,
      audiences: this.#audiences,
      connection,
      takeSession: (holder) => this.#sessions.take(guest, holder),
      admit: (event) => this.#admit(event, principal),
      append: this.#exchange.append,
    })
    connection.send(visit.welcome)
    if (hello.resume !== undefined && resumed === undefined) visit.missed(hello.resume)
    this.#exchange.join(visit)
    return visit
  }

  left(connection: Connection<P>): void {
    this.#connections.delete(connection)
    if (connection.visit !== undefined) this.#exchange.leave(connection.visit)
  }

  failed(what: string, error: unknown): void {
    try {
      this.#settings.logger.log({ level: 'error', bus: this.name, message: what, error })
    } catch {
      // A broken logger must not break the hub, and there is no one left to tell.
    }
  }

  #enter(socket: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(this, socket, request)
    this.#connections.add(connection)
    connection.begin()
  }

  #connectionsOf(principalId: string): Connection<P>[] {
    return [...this.#connections].filter(({ guest }) => guest?.principal.id === principalId)
  }

  #admit(event: WireEvent, principal: P): WireEvent | string {
    try {
      return this.#settings.admit(event, principal)
    } catch (error) {
      this.failed('admit threw', error)
      return 'the hub could not check it'
    }
  }

  #part(link: LocalLink): void {
    this.#locals.delete(link)
    this.#exchange.leave(link)
  }

  /** What clients have sent may not be in the history: they come back, and send again what was not acknowledged. */
  #lostTrack(error: unknown): void {
    this.failed('the history could not be written', error)
    this.#sendAway(CloseCode.internal, 'something failed in the hub')
  }

  /** What clients have heard of is not in the history any more: they come back, and are told of a gap. */
  #beginAnew(): void {
    this.#audiences.clear()
    this.#sendAway(CloseCode.shutdown, 'the history has begun anew')
    for (const link of this.#locals) link.beginAnew()
  }

  #sendAway(code: CloseCode, reason: string): void {
    for (const connection of this.#connections) connection.close(code, reason)
    this.#sessions.clear()
  }
}
