import type { Clock } from '@heliobus/core'
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { CloseCode, malformed, Violation } from '../protocol/close-code.ts'
import type { ClientFrame, Hello, HubFrame } from '../protocol/frames.ts'
import { Liveness } from '../protocol/liveness.ts'
import { readClientFrame } from '../protocol/read-frame.ts'
import type { Guest, Reception } from './reception.ts'
import { ServedSocket } from './served-socket.ts'
import type { Limits, Principal, Rights } from './settings.ts'
import type { Visit } from './visit.ts'

/** The hub, as a connection sees it. */
export interface Host<P extends Principal> {
  readonly clock: Clock
  readonly limits: Limits
  readonly reception: Reception<P>
  /** Learns what has to be known before somebody is let in. Rejects with a `Violation` when that can't be. */
  prepare(guest: Guest<P>): Promise<Guest<P>>
  /** Lets somebody in. Throws a `Violation` when there is no room. */
  seat(guest: Guest<P>, connection: Connection<P>): Visit
  left(connection: Connection<P>): void
  failed(what: string, error: unknown): void
}

const LOGGED_OUT = 'logged out'

/** One client, from the first byte to the last: what it sends is checked, and breaking a rule ends it with the right code. */
export class Connection<P extends Principal> {
  readonly #host: Host<P>
  readonly #socket: ServedSocket
  readonly #request: IncomingMessage
  /** Principals that were logged out while this one greets: it may have been let in before. */
  readonly #loggedOut = new Set<string>()
  #visit: Visit | undefined = undefined
  #guest: Guest<P> | undefined = undefined
  #hasGreeted = false
  #timer: unknown
  #liveness: Liveness | undefined = undefined

  constructor(host: Host<P>, socket: WebSocket, request: IncomingMessage) {
    this.#host = host
    this.#request = request
    this.#socket = new ServedSocket(socket, request.socket, {
      clock: host.clock,
      framesPerSecond: host.limits.framesPerSecond,
      take: (text) => this.#receive(text),
      left: () => this.#leave(),
      failed: (error) => host.failed('a connection failed', error),
    })
  }

  /** From here on it may be closed. */
  begin(): void {
    this.#within(this.#host.limits.helloWithin, CloseCode.silent, 'no hello in time')
    this.#socket.attempt(() => this.#host.reception.checkOrigin(this.#request))
  }

  get guest(): Guest<P> | undefined {
    return this.#guest
  }

  get visit(): Visit | undefined {
    return this.#visit
  }

  /** Ends it if it is theirs, at once or when it is known whose it is. Answers whether it has ended. */
  logOut(principalId: string): boolean {
    if (this.#guest === undefined) this.#loggedOut.add(principalId)
    const isTheirs = this.#guest?.principal.id === principalId
    if (isTheirs) this.close(CloseCode.unauthenticated, LOGGED_OUT)
    return isTheirs
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount
  }

  send(frame: HubFrame): void {
    this.#socket.send(frame)
  }

  /** A frame that is written already; `sent`, if given, is called when it has left this process. */
  sendWritten(frame: Buffer, sent: (() => void) | undefined): void {
    this.#socket.sendWritten(frame, sent)
  }

  /** Nothing is received or sent after it. */
  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason)
  }

  #leave(): void {
    this.#host.clock.clearTimeout(this.#timer)
    this.#liveness?.stop()
    this.#visit?.end()
    this.#host.left(this)
  }

  #receive(text: string): void {
    this.#liveness?.heard()
    this.#take(readClientFrame(text))
  }

  #take(frame: ClientFrame): void {
    if (frame.type === 'ping') this.send({ type: 'pong' })
    else if (frame.type === 'hello') this.#greet(frame)
    else if (frame.type !== 'pong') this.#serve(frame)
  }

  #serve(frame: Exclude<ClientFrame, { readonly type: 'hello' | 'ping' | 'pong' }>): void {
    if (this.#visit === undefined) throw malformed(`${frame.type} came before the welcome`)
    const { framesPerSecond, eventsPerSecond } = this.#host.limits
    if (frame.type === 'events') this.#socket.spend((frame.events.length * framesPerSecond) / eventsPerSecond)
    this.#visit.take(frame)
  }

  #greet(hello: Hello): void {
    if (this.#hasGreeted) throw malformed('a second hello')
    this.#hasGreeted = true
    const { limits } = this.#host
    this.#within(limits.authenticateWithin, CloseCode.internal, 'authentication took too long')
    this.#welcome(hello).then(
      (guest) => this.#socket.attempt(() => this.#enter(guest)),
      (error: unknown) => this.#socket.fail(error),
    )
  }

  async #welcome(hello: Hello): Promise<Guest<P>> {
    return this.#host.prepare(await this.#host.reception.greet(this.#request, hello))
  }

  #enter(guest: Guest<P>): void {
    if (this.#socket.isClosed) return
    if (this.#loggedOut.has(guest.principal.id)) throw new Violation(CloseCode.unauthenticated, LOGGED_OUT)
    this.#guest = guest
    this.#visit = this.#host.seat(guest, this)
    this.#liveness = this.#watch()
    this.#revalidateLater(guest)
  }

  #revalidateLater(guest: Guest<P>): void {
    const { clock, limits, reception } = this.#host
    clock.clearTimeout(this.#timer)
    this.#timer = clock.setTimeout(() => {
      reception.rightsOf(guest.principal).then(
        (rights) => this.#revalidated(guest, rights),
        (error: unknown) => this.#socket.fail(error),
      )
    }, limits.revalidateEvery)
  }

  #revalidated(guest: Guest<P>, rights: Rights): void {
    if (this.#socket.isClosed) return
    if (JSON.stringify(rights) === JSON.stringify(guest.rights)) this.#revalidateLater(guest)
    else this.close(CloseCode.shutdown, 'the rights have changed')
  }

  #watch(): Liveness {
    const { clock, limits } = this.#host
    return new Liveness({
      clock,
      after: limits.pingEvery,
      regular: true,
      grace: limits.pongWithin,
      ask: () => this.send({ type: 'ping', offset: this.#visit!.offset }),
      dead: () => this.close(CloseCode.silent, 'no sign of life'),
    })
  }

  #within(ms: number, code: CloseCode, reason: string): void {
    const { clock } = this.#host
    clock.clearTimeout(this.#timer)
    this.#timer = clock.setTimeout(() => this.close(code, reason), ms)
  }
}
