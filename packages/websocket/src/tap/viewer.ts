import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { checkOrigin } from '../hub/reception.ts'
import { ServedSocket } from '../hub/served-socket.ts'
import { CloseCode, malformed, Violation } from '../protocol/close-code.ts'
import { Liveness } from '../protocol/liveness.ts'
import { signalsText, type TapHello, type ViewerFrame } from '../tap-wire/frames.ts'
import { readViewerFrame } from '../tap-wire/read-frame.ts'
import type { GroupDesk } from './group-desk.ts'
import { GroupTalk, isAboutGroups } from './group-talk.ts'
import type { RecentEvents } from './recent-events.ts'
import type { AuthorizeViewer, TapSettings } from './settings.ts'
import type { Batch } from './waiting-signals.ts'

/** The exposed tap, as a viewer sees it. */
export interface TapHost {
  readonly settings: TapSettings
  readonly events: RecentEvents
  readonly groups: GroupDesk
  /** Begins to tell it. Throws a `Violation` when there is no room. */
  seat(viewer: Viewer): void
  left(viewer: Viewer): void
}

/** Somebody who watches, or wants to. */
export class Viewer {
  readonly #host: TapHost
  readonly #request: IncomingMessage
  readonly #socket: ServedSocket
  readonly #groupTalk: GroupTalk
  #token: string | undefined = undefined
  #hasGreeted = false
  #liveness: Liveness | undefined = undefined
  #callOff: () => void = () => {}
  #missed = 0
  #mayAct = false

  constructor(host: TapHost, socket: WebSocket, request: IncomingMessage) {
    const { clock, limits, logger } = host.settings
    this.#host = host
    this.#request = request
    this.#socket = new ServedSocket(socket, request.socket, {
      clock,
      framesPerSecond: limits.framesPerSecond,
      take: (text) => this.#receive(text),
      left: () => this.#leave(),
      failed: (error) => logger.log({ level: 'error', bus: 'tap', message: 'a viewer failed', error }),
    })
    this.#groupTalk = new GroupTalk(host.groups, this.#socket, () => ({
      mayAct: this.#mayAct,
      askMayAct: () => this.#mayActNow(),
    }))
  }

  /** From here on it may be closed. */
  begin(): void {
    const { settings } = this.#host
    this.#callOff = this.#socket.closeIn(settings.limits.helloWithin, CloseCode.silent, 'no hello in time')
    this.#socket.attempt(() => checkOrigin(this.#request, settings))
  }

  /** Sends a batch, unless too much waits for this one already: then it is told later how much it has missed. */
  tell({ frame, told }: Batch, until: number): void {
    if (this.#isFull) {
      this.#missed += told
      return
    }
    if (this.#missed > 0) this.#socket.sendWritten(Buffer.from(signalsText(until, this.#missed, [])))
    this.#missed = 0
    this.#socket.sendWritten(frame)
  }

  close(code: CloseCode, reason: string): void {
    this.#socket.close(code, reason)
  }

  #leave(): void {
    this.#callOff()
    this.#liveness?.stop()
    this.#host.left(this)
  }

  #receive(text: string): void {
    this.#liveness?.heard()
    const frame = readViewerFrame(text)
    if (frame.type === 'hello') this.#greet(frame)
    else if (this.#liveness === undefined) throw malformed(`${frame.type} came before the welcome`)
    else this.#serve(frame)
  }

  #serve(frame: Exclude<ViewerFrame, TapHello>): void {
    const { settings, events } = this.#host
    if (isAboutGroups(frame)) this.#groupTalk.take(frame, this.#isFull)
    else if (frame.type === 'ping') this.#socket.send({ type: 'pong' })
    else if (frame.type === 'clock')
      this.#socket.send({ type: 'time', request: frame.request, at: settings.clock.now() })
    else if (frame.type === 'pull')
      this.#socket.send({ type: 'payload', request: frame.request, ...this.#payloadOf(frame.event, events) })
  }

  /** Too much waits for it already. */
  get #isFull(): boolean {
    return this.#socket.bufferedAmount > this.#host.settings.limits.pauseAbove
  }

  #payloadOf(id: string, events: RecentEvents): object {
    return this.#isFull ? { missing: 'too much waits for this viewer already' } : events.payloadOf(id)
  }

  #greet({ token }: TapHello): void {
    if (this.#hasGreeted) throw malformed('a second hello')
    this.#hasGreeted = true
    this.#token = token
    this.#callOff()
    const { authorizeWithin } = this.#host.settings.limits
    this.#callOff = this.#socket.closeIn(authorizeWithin, CloseCode.internal, 'authorization took too long')
    this.#ask(() => this.#enter())
  }

  /** Goes on when it may watch. */
  #ask(goOn: () => void): void {
    this.#mayWatch().then(
      (may) => {
        if (this.#socket.isClosed) return
        if (may) this.#socket.attempt(goOn)
        else this.#socket.close(CloseCode.unauthenticated, 'not authorized')
      },
      (error: unknown) => this.#socket.fail(error),
    )
  }

  async #mayWatch(): Promise<boolean> {
    const { authorize, authorizeActions } = this.#host.settings
    if (!(await this.#isAllowed(authorize))) return false
    this.#mayAct = await this.#isAllowed(authorizeActions)
    return true
  }

  /** False, too, when that can't be told at the moment. */
  async #mayActNow(): Promise<boolean> {
    const { authorizeActions, logger } = this.#host.settings
    try {
      return await this.#isAllowed(authorizeActions)
    } catch (error) {
      logger.log({ level: 'error', bus: 'tap', message: 'who may act could not be asked', error })
      return false
    }
  }

  async #isAllowed(authorize: AuthorizeViewer): Promise<boolean> {
    const answer: unknown = await authorize(this.#request, { token: this.#token })
    return answer === true // who forgets to answer allows nobody
  }

  #enter(): void {
    this.#callOff()
    this.#host.seat(this)
    this.#liveness = this.#watch()
    const hasGroups = !this.#host.groups.isEmpty
    this.#socket.send({ type: 'welcome', version: 1, ...(hasGroups && { groups: true }) })
    this.#revalidateLater()
  }

  #revalidateLater(): void {
    const { clock, limits } = this.#host.settings
    const timer = clock.setTimeout(() => this.#ask(() => this.#revalidateLater()), limits.revalidateEvery)
    this.#callOff = () => clock.clearTimeout(timer)
  }

  #watch(): Liveness {
    const { clock, limits } = this.#host.settings
    return new Liveness({
      clock,
      after: limits.pingEvery,
      regular: true,
      grace: limits.pongWithin,
      ask: () => this.#socket.send({ type: 'ping' }),
      dead: () => this.#socket.close(CloseCode.silent, 'no sign of life'),
    })
  }
}

/** There is no room for another. */
export function crowded(most: number): Violation {
  return new Violation(CloseCode.crowded, `${most} are watching already`)
}
