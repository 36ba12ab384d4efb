import type { Clock, Link, Port, Rejection, WireEvent } from '@heliobus/core'
import { CloseCode, isFinal } from '../protocol/close-code.ts'
import type { Hello, Place, Welcome } from '../protocol/frames.ts'
import { TopicSet } from '../protocol/topic-set.ts'
import { Comeback } from './comeback.ts'
import { Inflow } from './inflow.ts'
import { askable } from './interest.ts'
import { type End, type LaterFrame, Line, type LineLimits } from './line.ts'
import { Outbox, type Terms } from './outbox.ts'
import type { Socket } from './socket.ts'
import type { Wake } from './wake.ts'

export interface SessionOptions {
  readonly open: () => Socket
  readonly token: () => string | undefined | Promise<string | undefined>
  readonly clock: Clock
  readonly random: () => number
  readonly waits: (ms: number) => void
  readonly limits: LineLimits
  readonly wake: Wake
  /** Where an earlier session left off. */
  readonly place: Place | undefined
}

/** How long closing waits for the hub to accept what was sent, in ms. */
const CLOSE_WITHIN = 1_000

/** A line that is welcomed, and what was agreed on it. */
interface Connected extends Terms {
  readonly line: Line
  readonly subscribe: readonly string[]
}

/** A client's life with a hub, over as many connections as it takes. */
export class Session implements Link {
  readonly #options: SessionOptions
  readonly #port: Port
  readonly #name: string = crypto.randomUUID()
  readonly #outbox = new Outbox()
  readonly #inflow: Inflow
  readonly #comeback: Comeback
  readonly #stopListening: readonly (() => void)[]
  #wanted: readonly string[] = []
  #line: Line | undefined = undefined
  #connected: Connected | undefined = undefined
  #first: { resolve: () => void; reject: (error: unknown) => void } | undefined = undefined
  #closed: Promise<void> | undefined = undefined
  #nothingLeft: (() => void) | undefined = undefined
  #isOver = false

  constructor(port: Port, options: SessionOptions) {
    this.#port = port
    this.#options = options
    this.#inflow = new Inflow(port, options.place)
    this.#comeback = new Comeback(options, () => void this.#connect())
    const interest = port.interest.subscribe((patterns) => this.#want(patterns))
    this.#stopListening = [() => interest.unsubscribe(), options.wake(() => this.#wake())]
  }

  /** Where it left off. */
  get place(): Place | undefined {
    return this.#inflow.place
  }

  /**
   * Resolves when the first attempt to connect has ended, well or not: then it goes on trying. Rejects when trying again is
   * in vain.
   */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#first = { resolve, reject }
      void this.#connect()
    })
  }

  send(events: readonly WireEvent[]): Promise<readonly Rejection[]> {
    if (this.#isOver || this.#closed !== undefined) throw new Error('the link is closed')
    const answered = this.#outbox.add(events)
    this.#flush()
    return answered
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close())
  }

  async #close(): Promise<void> {
    if (this.#connected !== undefined && !this.#outbox.isEmpty) await this.#emptied()
    this.#end(new Error('the link is closed'))
  }

  /** Also when the line is lost, and when it takes too long. */
  #emptied(): Promise<void> {
    const { clock } = this.#options
    return new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, CLOSE_WITHIN)
      this.#nothingLeft = () => {
        clock.clearTimeout(timer)
        resolve()
      }
    })
  }

  /** After this nothing happens any more. */
  #end(error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const stop of this.#stopListening) stop()
    this.#comeback.stop()
    this.#line?.close(CloseCode.normal, 'closed')
    this.#connected = undefined
    this.#outbox.fail(error)
    this.#nothingLeft?.()
  }

  async #connect(): Promise<void> {
    try {
      const hello = await this.#hello()
      if (!this.#isOver) this.#openLine(hello)
    } catch (error) {
      this.#ended({ code: CloseCode.lost, reason: `there is no token: ${String(error)}` })
    }
  }

  #openLine(hello: Hello): void {
    const heard = (frame: LaterFrame): void => this.#heard(frame)
    const welcomed = (welcome: Welcome): void => this.#welcomed(welcome)
    const ended = (end: End): void => this.#ended(end)
    try {
      this.#line = new Line({ ...this.#options, hello, welcomed, heard, ended })
    } catch (error) {
      this.#giveUp(error) // a URL that is none
    }
  }

  async #hello(): Promise<Hello> {
    const token = await this.#options.token()
    return {
      type: 'hello',
      version: 1,
      session: this.#name,
      ...(token !== undefined && { token }),
      ...(this.place && { resume: this.place }),
    }
  }

  #welcomed(welcome: Welcome): void {
    const { sequence, refused, window, maxBytes, publish, subscribe } = welcome
    const line = this.#line!
    this.#connected = { line, window, maxBytes, publishable: new TopicSet(publish), subscribe }
    this.#comeback.connected()
    this.#inflow.begin(line, welcome)
    this.#outbox.rewind(sequence, refused)
    this.#ask()
    this.#flush()
    this.#port.report('open')
    this.#first?.resolve()
  }

  #heard(frame: LaterFrame): void {
    if (frame.type === 'ack') {
      this.#outbox.accept(frame.sequence, frame.refused)
      this.#flush()
    } else if (this.#closed !== undefined) return
    else if (frame.type === 'events') this.#inflow.receive(frame)
    else if (frame.type === 'gap') this.#inflow.gap(frame)
    else if (frame.type === 'ping') this.#inflow.pinged(frame)
    else if (frame.type === 'bye') this.#comeback.notBefore(frame.retryAfter)
  }

  #want(patterns: readonly string[]): void {
    this.#wanted = patterns
    this.#ask()
  }

  #ask(): void {
    if (this.#connected === undefined) return
    const { line, subscribe } = this.#connected
    line.send({ type: 'want', patterns: askable(this.#wanted, subscribe) })
  }

  #flush(): void {
    const connected = this.#connected
    if (connected === undefined) return
    for (let text = this.#outbox.take(connected); text !== undefined; text = this.#outbox.take(connected))
      connected.line.sendText(text)
    if (this.#outbox.isEmpty) this.#nothingLeft?.()
  }

  #ended({ code, reason }: End): void {
    const wasConnected = this.#connected !== undefined
    const said = `${reason || 'the connection was lost'} (${code})`
    this.#line = undefined
    this.#connected = undefined
    this.#nothingLeft?.()
    if (this.#isOver) return
    if (isFinal(code) && !(wasConnected && code === CloseCode.unauthenticated)) {
      this.#giveUp(new Error(said))
      return
    }
    this.#port.report('lost', said)
    this.#first?.resolve()
    this.#comeback.plan()
  }

  /** There may be news: what waits tries now, what is connected is asked. */
  #wake(): void {
    this.#line?.probe()
    this.#comeback.hurry()
  }

  /** Trying again would be in vain. */
  #giveUp(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    this.#end(error)
    this.#port.report('closed', error.message)
    this.#first?.reject(error)
  }
}
