import type { Clock, Rejection } from '@heliobus/core'
import type { Hello, HubFrame, Place, Welcome } from '../protocol/frames.ts'
import { readHubFrame } from '../protocol/read-frame.ts'
import { TopicSet } from '../protocol/topic-set.ts'
import { Inflow } from './inflow.ts'
import { askable } from './interest.ts'
import { LastingLine } from './lasting-line.ts'
import type { Line, LineLimits } from './line.ts'
import { type Letter, Outbox, type Terms } from './outbox.ts'
import type { Receiver } from './receiver.ts'
import type { Socket } from './socket.ts'
import type { Wake } from './wake.ts'

export interface SessionOptions {
  /** Unique among all sessions; the same one goes on with the numbers of its events. */
  readonly name: string
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

/** What a hub may send once it has welcomed. */
type LaterFrame = Exclude<HubFrame, Welcome>

type HubLine = Line<Welcome, LaterFrame>

/** A line that is welcomed, and what was agreed on it. */
interface Connected extends Terms {
  readonly line: HubLine
  readonly subscribe: readonly string[]
}

/** A client's life with a hub, over as many connections as it takes. */
export class Session {
  readonly #options: SessionOptions
  readonly #port: Receiver
  readonly #outbox = new Outbox()
  readonly #inflow: Inflow
  readonly #line: LastingLine<Welcome, LaterFrame>
  readonly #stopListening: () => void
  #wanted: readonly string[] = []
  #connected: Connected | undefined = undefined
  #first: { resolve: () => void; reject: (error: unknown) => void } | undefined = undefined
  #closed: Promise<void> | undefined = undefined
  #nothingLeft: (() => void) | undefined = undefined
  #isOver = false

  constructor(port: Receiver, options: SessionOptions) {
    this.#port = port
    this.#options = options
    this.#inflow = new Inflow(port, options.place)
    this.#line = new LastingLine<Welcome, LaterFrame>({
      ...options,
      read: readHubFrame,
      hello: () => this.#hello(),
      welcomed: (welcome, line) => this.#welcomed(welcome, line),
      heard: (frame) => this.#heard(frame),
      lost: (reason) => this.#lost(reason),
      closed: (error) => this.#giveUp(error),
    })
    const interest = port.interest.subscribe((patterns) => this.#want(patterns))
    this.#stopListening = () => interest.unsubscribe()
  }

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
      void this.#line.connect()
    })
  }

  /** Resolves when the hub has answered for all of them. `first` is the number of the first, if they have been numbered. */
  send(letters: readonly Letter[], first?: number): Promise<readonly Rejection[]> {
    if (this.#isOver || this.#closed !== undefined) throw new Error('the link is closed')
    const answered = this.#outbox.add(letters, first)
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
    this.#stopListening()
    this.#line.close()
    this.#connected = undefined
    this.#outbox.fail(error)
    this.#nothingLeft?.()
  }

  async #hello(): Promise<Hello> {
    const token = await this.#options.token()
    return {
      type: 'hello',
      version: 1,
      session: this.#options.name,
      ...(token !== undefined && { token }),
      ...(this.place && { resume: this.place }),
    }
  }

  #welcomed(welcome: Welcome, line: HubLine): void {
    const { sequence, refused, window, maxBytes, publish, subscribe } = welcome
    this.#connected = { line, window, maxBytes, publishable: new TopicSet(publish), subscribe }
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
    else if (frame.type === 'bye') this.#line.notBefore(frame.retryAfter)
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

  #lost(reason: string): void {
    this.#connected = undefined
    this.#nothingLeft?.()
    this.#port.report('lost', reason)
    this.#first?.resolve()
  }

  /** Trying again would be in vain. */
  #giveUp(error: Error): void {
    this.#end(error)
    this.#port.report('closed', error.message)
    this.#first?.reject(error)
  }
}
