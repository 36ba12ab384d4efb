import type { Clock } from '@heliobus/core'
import { eventsText, WINDOW } from '../protocol/frames.ts'
import type { Entry, History } from './history.ts'
import type { Limits } from './settings.ts'
import type { TopicSet } from '../protocol/topic-set.ts'

/** The way to the client. */
export interface Outlet {
  readonly bufferedAmount: number
  /** `sent` is called when the frame has left this process. */
  send(text: string, sent: () => void): void
  /** The history has moved on beyond the client. */
  gap(reason: string, missing: number): void
  /** The client takes too little. */
  tooSlow(reason: string): void
}

export interface FeedOptions {
  readonly history: History
  readonly outlet: Outlet
  readonly clock: Clock
  readonly limits: Limits
  /** The largest frame, unless a single event is larger. */
  readonly maxBytes: number
  /** The client: its own events are not sent to it. */
  readonly to: string
  readonly position: number
}

interface Sent {
  readonly offset: string
  readonly count: number
}

/**
 * The stream to one client. It has no queue but a place in the history, from which it sends on as far as the client's credit
 * and its connection allow: a slow client costs no memory, and nobody else's time.
 */
export class Feed {
  readonly #options: FeedOptions
  #wanted: TopicSet | undefined = undefined
  #position: number
  #credit = WINDOW
  readonly #sent: Sent[] = []
  #stalled: unknown = undefined
  #isStopped = false

  constructor(options: FeedOptions) {
    this.#options = options
    this.#position = options.position
  }

  /** All that the client wants up to here has been sent. */
  get offset(): string {
    return String(this.#position)
  }

  /** Events in the history that the client has not been sent. */
  get behind(): number {
    return this.#options.history.last - this.#position
  }

  /** Nothing flows before it is said. */
  want(topics: TopicSet): void {
    this.#wanted = topics
    this.pump()
  }

  /** The client has received what was sent up to here. */
  acknowledge(offset: string): void {
    const at = this.#sent.findIndex((sent) => sent.offset === offset)
    for (const { count } of this.#sent.splice(0, at + 1)) this.#credit += count
    this.pump()
  }

  pump(): void {
    while (this.#canSend()) {
      const text = this.#next()
      if (text === undefined) return
      this.#options.outlet.send(text, this.pump.bind(this))
    }
  }

  stop(): void {
    this.#isStopped = true
    this.#resume()
  }

  #canSend(): boolean {
    if (this.#isStopped || this.#wanted === undefined) return false
    const isFree = this.#credit > 0 && !this.#isCongested()
    if (isFree) this.#resume()
    else this.#stall()
    return isFree && !this.#isStopped
  }

  #isCongested(): boolean {
    const { outlet, limits } = this.#options
    if (outlet.bufferedAmount > limits.closeAbove) outlet.tooSlow('too much waits for the client')
    return outlet.bufferedAmount > limits.pauseAbove
  }

  /** The next frame; undefined when there is nothing to send. */
  #next(): string | undefined {
    const { history, outlet } = this.#options
    if (this.#position < history.first - 1) {
      const reason = `the history does not reach back to ${this.#position}`
      const missing = history.last - this.#position
      this.#position = history.last
      outlet.gap(reason, missing)
    }
    const texts = this.#collect()
    if (texts.length === 0) return undefined
    this.#credit -= texts.length
    this.#sent.push({ offset: this.offset, count: texts.length })
    return eventsText(`"offset":"${this.#position}"`, texts)
  }

  /** Goes on in the history as far as one frame may hold. */
  #collect(): string[] {
    const { history, maxBytes } = this.#options
    const texts: string[] = []
    let left = maxBytes
    while (texts.length < this.#credit) {
      const entry = history.at(this.#position + 1)
      if (entry === undefined) break
      if (this.#isFor(entry)) {
        left -= entry.text.length
        if (left < 0 && texts.length > 0) break
        texts.push(entry.text)
      }
      this.#position++
    }
    return texts
  }

  #isFor({ topic, from }: Entry): boolean {
    return this.#wanted!.has(topic) && from !== this.#options.to
  }

  #stall(): void {
    const { clock, limits, outlet, history } = this.#options
    if (this.#stalled !== undefined || this.#position === history.last) return
    const end = (): void => outlet.tooSlow(`the client took nothing for ${limits.slowFor} ms`)
    this.#stalled = clock.setTimeout(end, limits.slowFor)
  }

  #resume(): void {
    if (this.#stalled === undefined) return
    this.#options.clock.clearTimeout(this.#stalled)
    this.#stalled = undefined
  }
}
