import type { Clock } from '@heliobus/core'
import type { Writable } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { CloseCode, toReason, Violation } from '../protocol/close-code.ts'
import { Throttle } from './throttle.ts'

/** What is done with what comes over a socket. */
export interface SocketOptions {
  readonly clock: Clock
  /** Frames a second that are read; what comes faster waits. */
  readonly framesPerSecond: number
  /** A frame has come. What it throws ends the connection. */
  readonly take: (text: string) => void
  /** Called once, when nothing comes any more. */
  readonly left: () => void
  /** Something that is no fault of the client. */
  readonly failed: (error: unknown) => void
}

const asText = { binary: false }

/** How long the client may take to close, in ms: then the connection is cut. */
const CLOSE_WITHIN = 2_000

/** The server's end of a connection: takes text, and ends with the right code when a rule is broken. */
export class ServedSocket {
  readonly #options: SocketOptions
  readonly #socket: WebSocket
  readonly #carrier: Writable
  #isGathering = false
  readonly #throttle: Throttle
  #isClosed = false
  #timer: unknown

  /** `carrier`: what the socket's frames are written to. */
  constructor(socket: WebSocket, carrier: Writable, options: SocketOptions) {
    this.#options = options
    this.#socket = socket
    this.#carrier = carrier
    this.#throttle = new Throttle(options.clock, options.framesPerSecond, socket)
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    socket.on('close', () => this.#leave())
    socket.on('error', () => undefined) // the close that follows says all
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount
  }

  send(frame: object): void {
    if (this.#isClosed) return
    this.#gather()
    this.#socket.send(JSON.stringify(frame))
  }

  /** A frame that is written already; `sent`, if given, is called when it has left this process. */
  sendWritten(frame: Buffer, sent?: () => void): void {
    if (this.#isClosed) return
    this.#gather()
    this.#socket.send(frame, asText, sent)
  }

  /** The frames of one task go to the operating system together: that call costs as much as all else about a frame. */
  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    this.#carrier.cork()
    process.nextTick(() => {
      this.#isGathering = false
      this.#carrier.uncork()
    })
  }

  /** Nothing is received or sent after it. */
  close(code: CloseCode, reason: string): void {
    if (this.#isClosed) return
    this.#leave()
    this.#socket.close(code, toReason(reason))
    this.#timer = this.#options.clock.setTimeout(() => this.#socket.terminate(), CLOSE_WITHIN)
    this.#socket.once('close', () => this.#options.clock.clearTimeout(this.#timer))
  }

  /** What was read costs as much as so many frames more. */
  spend(frames: number): void {
    this.#throttle.spend(frames)
  }

  /** Ends the connection when `act` throws. */
  attempt(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.fail(error)
    }
  }

  /** Ends the connection, with the code of a `Violation`. */
  fail(error: unknown): void {
    if (error instanceof Violation) return this.close(error.code, error.message)
    this.#options.failed(error)
    this.close(CloseCode.internal, 'something failed in the hub')
  }

  /** Closes it after so many ms. The returned function calls that off. */
  closeIn(ms: number, code: CloseCode, reason: string): () => void {
    const { clock } = this.#options
    const timer = clock.setTimeout(() => this.close(code, reason), ms)
    return () => clock.clearTimeout(timer)
  }

  #leave(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#throttle.stop()
    this.#options.left()
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#isClosed) return
    this.#throttle.spend(1)
    this.attempt(() => {
      if (isBinary || !Buffer.isBuffer(data)) throw new Violation(CloseCode.binary, 'frames are text')
      this.#options.take(data.toString())
    })
  }
}
