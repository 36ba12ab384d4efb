import type { Clock } from '@heliobus/core'
import type { IncomingMessage } from 'node:http'
import type { RawData, WebSocket } from 'ws'
import { CloseCode, malformed, toReason, Violation } from '../protocol/close-code.ts'
import type { ClientFrame, Hello, HubFrame } from '../protocol/frames.ts'
import { Liveness } from '../protocol/liveness.ts'
import { readClientFrame } from '../protocol/read-frame.ts'
import type { Guest, Reception } from './reception.ts'
import type { Limits, Principal, Rights } from './settings.ts'
import { Throttle } from './throttle.ts'
import type { Visit } from './visit.ts'

/** The hub, as a connection sees it. */
export interface Host<P extends Principal> {
  readonly clock: Clock
  readonly limits: Limits
  readonly reception: Reception<P>
  /** Lets somebody in. Throws a `Violation` when there is no room. */
  seat(guest: Guest<P>, connection: Connection<P>): Visit
  left(connection: Connection<P>): void
  failed(what: string, error: unknown): void
}

const asText = { binary: false }
const LOGGED_OUT = 'logged out'

/** How long the client may take to close, in ms: then the connection is cut. */
const CLOSE_WITHIN = 2_000

/** One client, from the first byte to the last: what it sends is checked, and breaking a rule ends it with the right code. */
export class Connection<P extends Principal> {
  readonly #host: Host<P>
  readonly #socket: WebSocket
  readonly #request: IncomingMessage
  readonly #throttle: Throttle
  /** Principals that were logged out while this one greets: it may have been let in before. */
  readonly #loggedOut = new Set<string>()
  #visit: Visit | undefined = undefined
  #guest: Guest<P> | undefined = undefined
  #hasGreeted = false
  #isClosed = false
  #timer: unknown
  #liveness: Liveness | undefined = undefined

  constructor(host: Host<P>, socket: WebSocket, request: IncomingMessage) {
    const { clock, limits } = host
    this.#host = host
    this.#socket = socket
    this.#request = request
    this.#throttle = new Throttle(clock, limits.framesPerSecond, socket)
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('close', () => this.#leave())
    socket.on('error', () => undefined) // the close that follows says all
  }

  /** From here on it may be closed. */
  begin(): void {
    this.#within(this.#host.limits.helloWithin, CloseCode.silent, 'no hello in time')
    this.#attempt(() => this.#host.reception.checkOrigin(this.#request))
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
    if (!this.#isClosed) this.#socket.send(JSON.stringify(frame))
  }

  /** A frame that is written already; `sent`, if given, is called when it has left this process. */
  sendWritten(frame: Buffer, sent: (() => void) | undefined): void {
    if (!this.#isClosed) this.#socket.send(frame, asText, sent)
  }

  /** Nothing is received or sent after it. */
  close(code: CloseCode, reason: string): void {
    if (this.#isClosed) return
    this.#leave()
    this.#socket.close(code, toReason(reason))
    this.#timer = this.#host.clock.setTimeout(() => this.#socket.terminate(), CLOSE_WITHIN)
    this.#socket.once('close', () => this.#host.clock.clearTimeout(this.#timer))
  }

  #leave(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#host.clock.clearTimeout(this.#timer)
    this.#throttle.stop()
    this.#liveness?.stop()
    this.#visit?.end()
    this.#host.left(this)
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isClosed) return
    this.#throttle.spend(1)
    this.#liveness?.heard()
    this.#attempt(() => {
      if (isBinary || !Buffer.isBuffer(data)) throw new Violation(CloseCode.binary, 'frames are text')
      this.#take(readClientFrame(data.toString()))
    })
  }

  #attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (error instanceof Violation) return this.close(error.code, error.message)
    this.#host.failed('a connection failed', error)
    this.close(CloseCode.internal, 'something failed in the hub')
  }

  #take(frame: ClientFrame): void {
    if (frame.type === 'ping') this.send({ type: 'pong' })
    else if (frame.type === 'hello') this.#greet(frame)
    else if (frame.type !== 'pong') this.#serve(frame)
  }

  #serve(frame: Exclude<ClientFrame, { readonly type: 'hello' | 'ping' | 'pong' }>): void {
    if (this.#visit === undefined) throw malformed(`${frame.type} came before the welcome`)
    const { framesPerSecond, eventsPerSecond } = this.#host.limits
    if (frame.type === 'events')
      this.#throttle.spend((frame.events.length * framesPerSecond) / eventsPerSecond)
    this.#visit.take(frame)
  }

  #greet(hello: Hello): void {
    if (this.#hasGreeted) throw malformed('a second hello')
    this.#hasGreeted = true
    const { limits } = this.#host
    this.#within(limits.authenticateWithin, CloseCode.internal, 'authentication took too long')
    this.#host.reception.greet(this.#request, hello).then(
      (guest) => this.#attempt(() => this.#enter(guest)),
      (error: unknown) => this.#fail(error),
    )
  }

  #enter(guest: Guest<P>): void {
    if (this.#isClosed) return
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
        (error: unknown) => this.#fail(error),
      )
    }, limits.revalidateEvery)
  }

  #revalidated(guest: Guest<P>, rights: Rights): void {
    if (this.#isClosed) return
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
