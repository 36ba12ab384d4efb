import { type Clock, createPace, type Link, type Pace, type Port, type Rejection, type WireEvent } from '@heliobus/core'
import { CloseCode, isFinal } from '../protocol/close-code.ts'
import type { EventsDown, Hello, Place, Welcome } from '../protocol/frames.ts'
import { TopicSet } from '../protocol/topic-set.ts'
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
  readonly limits: LineLimits
  readonly wake: Wake
  /** Where an earlier session left off. */
  readonly place: Place | undefined
}

/** How long closing waits for the hub to accept what was sent, in ms. */
const CLOSE_WITHIN = 1_000

/** A connected line, and what was agreed on it. */
interface Connected extends Terms {
  readonly subscribe: readonly string[]
  readonly line: Line
}

/** A client's life with a hub, over as many connections as it takes. */
export class Session implements Link {
  readonly #options: SessionOptions
  readonly #port: Port
  readonly #name: string = crypto.randomUUID()
  readonly #outbox = new Outbox()
  readonly #pace: Pace
  readonly #stopListening: readonly (() => void)[]
  #wanted: readonly string[] = []
  #line: Line | undefined = undefined
  #connected: Connected | undefined = undefined
  #place: Place | undefined
  #unacknowledged = 0
  #timer: unknown = undefined
  #retryAfter: number | undefined = undefined
  #first: { resolve: () => void; reject: (error: unknown) => void } | undefined = undefined
  #closed: Promise<void> | undefined = undefined
  #emptied: (() => void) | undefined = undefined
  #isOver = false

  constructor(port: Port, options: SessionOptions) {
    this.#port = port
    this.#options = options
    this.#place = options.place
    this.#pace = createPace(options)
    const interest = port.interest.subscribe((patterns) => this.#want(patterns))
    this.#stopListening = [() => interest.unsubscribe(), options.wake(() => this.#wake())]
  }

  /** Where it left off. */
  get place(): Place | undefined {
    return this.#place
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
    if (this.#connected !== undefined && !this.#outbox.isEmpty) await this.#untilEmpty()
    this.#end(new Error('the link is closed'))
  }

  #untilEmpty(): Promise<void> {
    const { clock } = this.#options
    return new Promise((resolve) => {
      const timer = clock.setTimeout(resolve, CLOSE_WITHIN)
      this.#emptied = () => {
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
    this.#options.clock.clearTimeout(this.#timer)
    this.#line?.close(CloseCode.normal, 'closed')
    this.#connected = undefined
    this.#outbox.fail(error)
    this.#emptied?.()
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
    const { clock, limits, open } = this.#options
    const heard = (frame: LaterFrame): void => this.#heard(frame)
    const welcomed = (welcome: Welcome): void => this.#welcomed(welcome)
    const ended = (end: End): void => this.#ended(end)
    try {
      this.#line = new Line({ open, clock, limits, hello, welcomed, heard, ended })
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
      ...(this.#place && { resume: this.#place }),
    }
  }

  #welcomed({ epoch, offset, sequence, refused, window, maxBytes, publish, subscribe }: Welcome): void {
    this.#pace.opened()
    this.#place = { epoch, offset }
    this.#unacknowledged = 0
    this.#outbox.rewind(sequence, refused)
    this.#connected = { line: this.#line!, window, maxBytes, publishable: new TopicSet(publish), subscribe }
    this.#ask()
    this.#flush()
    this.#port.report('open')
    this.#first?.resolve()
  }

  #heard(frame: LaterFrame): void {
    if (this.#closed !== undefined && frame.type !== 'ack') return
    if (frame.type === 'events') return this.#receive(frame)
    if (frame.type === 'ack') {
      this.#outbox.accept(frame.sequence, frame.refused)
      this.#flush()
    } else if (frame.type === 'gap') {
      this.#moveTo(frame.offset)
      this.#port.gap(frame.reason, frame.missing)
    } else if (frame.type === 'ping' && frame.offset !== undefined) this.#moveTo(frame.offset)
    else if (frame.type === 'bye') this.#retryAfter = frame.retryAfter
  }

  /** The place moves when the events are on the bus, not before. */
  #receive({ offset, events }: EventsDown): void {
    for (const event of events) void this.#port.receive(event)
    this.#moveTo(offset)
    this.#unacknowledged += events.length
    const { line, window } = this.#connected!
    if (this.#unacknowledged < window / 2) return
    this.#unacknowledged = 0
    line.send({ type: 'ack', offset })
  }

  #moveTo(offset: string): void {
    if (this.#place !== undefined) this.#place = { ...this.#place, offset }
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
    if (this.#connected === undefined) return
    const { line } = this.#connected
    for (let text = this.#outbox.take(this.#connected); text !== undefined; ) {
      line.sendText(text)
      text = this.#outbox.take(this.#connected)
    }
    if (this.#outbox.isEmpty) this.#emptied?.()
  }

  #ended({ code, reason }: End): void {
    const wasConnected = this.#connected !== undefined
    this.#line = undefined
    this.#connected = undefined
    const said = `${reason || 'the connection was lost'} (${code})`
    const isWorthIt = !isFinal(code) || (code === CloseCode.unauthenticated && wasConnected)
    if (!isWorthIt) return this.#giveUp(new Error(said))
    this.#emptied?.()
    if (this.#isOver) return
    this.#port.report('lost', said)
    this.#first?.resolve()
    this.#timer = this.#options.clock.setTimeout(() => this.#again(), this.#wait())
  }

  #wait(): number {
    const asked = this.#retryAfter
    this.#retryAfter = undefined
    return asked === undefined ? this.#pace.next() : asked * (1 + this.#options.random())
  }

  #again(): void {
    this.#timer = undefined
    void this.#connect()
  }

  /** There may be news: what waits tries now, what is connected is asked. */
  #wake(): void {
    this.#line?.probe()
    if (this.#timer === undefined) return
    this.#options.clock.clearTimeout(this.#timer)
    this.#again()
  }

  /** Trying again would be in vain. */
  #giveUp(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    this.#end(error)
    this.#port.report('closed', error.message)
    this.#first?.reject(error)
  }
}
