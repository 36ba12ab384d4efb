import type { Clock } from '@heliobus/core'
import { WINDOW } from '../protocol/frames.ts'
import type { Audience } from './audience.ts'
import type { History } from './history.ts'
import { offsetAt } from './offset.ts'
import type { Limits } from './settings.ts'

/** The way to the client. */
export interface Outlet {
  readonly bufferedAmount: number
  /** `sent`, if given, is called when the frame has left this process. */
  send(frame: Buffer, sent: (() => void) | undefined): void
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
  #audience: Audience | undefined = undefined
  #position: number
  #offset: string
  #credit = WINDOW
  readonly #sent: Sent[] = []
  #stalled: unknown = undefined
  #isStopped = false
  readonly #goOn = (): void => this.pump()

  constructor(options: FeedOptions) {
    this.#options = options
    this.#position = options.position
    this.#offset = offsetAt(options.history, options.position)
  }

  /** All that the client wants up to here has been sent. */
  get offset(): string {
    return this.#offset
  }

  /** What the client has asked for. */
  get interest(): readonly string[] {
    return this.#audience?.patterns ?? []
  }

  /** Events in the history that the client has not been sent. */
  get behind(): number {
    return this.#options.history.last - this.#position
  }

  /** Nothing flows before it is said. */
  join(audience: Audience): void {
    this.#audience = audience
    this.pump()
  }

  /** The client has received what was sent up to here. */
  acknowledge(offset: string): void {
    const at = this.#sent.findIndex((sent) => sent.offset === offset)
    for (const { count } of this.#sent.splice(0, at + 1)) this.#credit += count
    this.pump()
  }

  pump(): void {
    while (this.behind > 0 && this.#canSend()) this.#send()
  }

  stop(): void {
    this.#isStopped = true
    this.#resume()
  }

  #canSend(): boolean {
    if (this.#isStopped || this.#audience === undefined) return false
    const { outlet, limits } = this.#options
    const { bufferedAmount } = outlet
    if (bufferedAmount > limits.closeAbove) outlet.tooSlow('too much waits for the client')
    const isFree = this.#credit > 0 && bufferedAmount <= limits.pauseAbove
    if (isFree) this.#resume()
    else this.#stall()
    return isFree
  }

  #send(): void {
    this.#skipWhatIsGone()
    const { position, offset, count, frame } = this.#audience!.next(
      this.#position,
      this.#credit,
      this.#options.to,
    )
    this.#position = position
    this.#offset = offset
    if (frame === undefined) return
    this.#credit -= count
    this.#sent.push({ offset: this.offset, count })
    const { outlet, limits } = this.#options
    const isMuch = outlet.bufferedAmount + frame.length > limits.pauseAbove
    outlet.send(frame, isMuch ? this.#goOn : undefined)
  }

  #skipWhatIsGone(): void {
    const { history, outlet } = this.#options
    if (this.#position >= history.first - 1) return
    const reason = `the history does not reach back to ${this.#position}`
    const missing = history.last - this.#position
    this.#position = history.last
    this.#offset = offsetAt(history, history.last)
    outlet.gap(reason, missing)
  }

  #stall(): void {
    const { clock, limits, outlet } = this.#options
    if (this.#stalled !== undefined || this.#isStopped) return
    const end = (): void => outlet.tooSlow(`the client took nothing for ${limits.slowFor} ms`)
    this.#stalled = clock.setTimeout(end, limits.slowFor)
  }

  #resume(): void {
    if (this.#stalled === undefined) return
    this.#options.clock.clearTimeout(this.#stalled)
    this.#stalled = undefined
  }
}
