import type { Clock } from '@heliobus/core'
import { CloseCode, malformed, toReason, Violation } from '../protocol/close-code.ts'
import { Liveness } from '../protocol/liveness.ts'
import type { Socket } from './socket.ts'

/** Why a line ended. */
export interface End {
  readonly code: number
  readonly reason: string
}

/** What the other side may say first. */
export interface AnyWelcome {
  readonly type: 'welcome'
}

/** What it may say later; it is asked for signs of life by `ping`, and gives them by `pong`. */
export interface AnyFrame {
  readonly type: string
}

export interface LineOptions<Welcome extends AnyWelcome, Later extends AnyFrame> {
  readonly open: () => Socket
  readonly clock: Clock
  readonly limits: LineLimits
  readonly hello: object
  /** Throws nothing but a `Violation`. */
  readonly read: (text: string) => Welcome | Later
  readonly welcomed: (welcome: Welcome) => void
  readonly heard: (frame: Later) => void
  /** Called once; nothing else is after it. */
  readonly ended: (end: End) => void
}

/** Times are in ms. */
export interface LineLimits {
  /** How long connecting and the greeting may take. Default 10,000. */
  readonly connectWithin: number
  /** After so much silence the hub is asked whether it is there. Default 35,000. */
  readonly silentFor: number
  /** How long it may take to answer. Default 10,000. */
  readonly answerWithin: number
  /** The longest frame that is read, in characters. Default 4 million. */
  readonly longestFrame: number
}

export const usualLimits: LineLimits = {
  connectWithin: 10_000,
  silentFor: 35_000,
  answerWithin: 10_000,
  longestFrame: 4_000_000,
}

/** One connection, from connecting to its end. */
export class Line<Welcome extends AnyWelcome, Later extends AnyFrame> {
  readonly #options: LineOptions<Welcome, Later>
  readonly #socket: Socket
  readonly #timer: unknown
  #liveness: Liveness | undefined = undefined
  #hasEnded = false

  /** Throws what the platform throws for a bad URL. */
  constructor(options: LineOptions<Welcome, Later>) {
    this.#options = options
    const { open, clock, limits } = options
    this.#socket = open()
    const late = (): void => this.#end({ code: CloseCode.silent, reason: 'no welcome in time' })
    this.#timer = clock.setTimeout(late, limits.connectWithin)
    this.#socket.addEventListener('open', () => this.send(options.hello))
    this.#socket.addEventListener('message', ({ data }) => this.#receive(data))
    this.#socket.addEventListener('error', () => undefined) // the close that follows says all
    this.#socket.addEventListener('close', ({ code, reason }) => this.#end({ code, reason }))
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame))
  }

  sendText(text: string): void {
    if (!this.#hasEnded) this.#socket.send(text)
  }

  /** Asks whether the hub is still there, without waiting for silence. */
  probe(): void {
    this.#liveness?.probe()
  }

  /** Ends it from this side. `ended` is not called. */
  close(code: CloseCode, reason: string): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#options.clock.clearTimeout(this.#timer)
    this.#liveness?.stop()
    this.#socket.close(code < 3_000 ? CloseCode.normal : code, toReason(reason)) // a page may send no other
  }

  /** Without waiting for the other side, which may be gone: a dead socket can take minutes to close. */
  #end(end: End): void {
    if (this.#hasEnded) return
    this.close(CloseCode.normal, end.reason)
    this.#options.ended(end)
  }

  #receive(data: unknown): void {
    if (this.#hasEnded) return
    this.#liveness?.heard()
    try {
      this.#take(this.#read(data))
    } catch (error) {
      if (!(error instanceof Violation)) throw error
      this.close(error.code, error.message)
      this.#options.ended({ code: error.code, reason: error.message })
    }
  }

  #read(data: unknown): Welcome | Later {
    if (typeof data !== 'string') throw new Violation(CloseCode.binary, 'frames are text')
    if (data.length > this.#options.limits.longestFrame)
      throw new Violation(CloseCode.tooLarge, 'a frame is too long')
    return this.#options.read(data)
  }

  #take(frame: Welcome | Later): void {
    if (isWelcome(frame)) return this.#begin(frame)
    if (this.#liveness === undefined && frame.type !== 'ping')
      throw malformed(`${frame.type} came before the welcome`)
    if (frame.type === 'ping') this.send({ type: 'pong' })
    this.#options.heard(frame)
  }

  #begin(welcome: Welcome): void {
    const { clock, limits, welcomed } = this.#options
    if (this.#liveness !== undefined) throw malformed('a second welcome')
    clock.clearTimeout(this.#timer)
    this.#liveness = new Liveness({
      clock,
      after: limits.silentFor,
      regular: false,
      grace: limits.answerWithin,
      ask: () => this.send({ type: 'ping' }),
      dead: () => this.#end({ code: CloseCode.silent, reason: 'no sign of life' }),
    })
    welcomed(welcome)
  }
}

function isWelcome<Welcome extends AnyWelcome>(frame: Welcome | AnyFrame): frame is Welcome {
  return frame.type === 'welcome'
}
