import { BusError, type Clock, createPace, type LinkStatus, type Pace, systemClock } from '@heliobus/core'
import { Calls } from './calls.ts'
import type { RedisCommand, RedisReply, RedisSession } from './client.ts'
import { openSession, type OpenSession } from './open-session.ts'

/** How patient a connection is. */
export interface ConnectionLimits {
  /** How long Redis may take to answer a command, in ms. Then the connection is taken for dead. Default 5,000. */
  readonly answerWithin?: number
  /** After so many ms without a command Redis is asked whether it is still there. Default 10,000. */
  readonly silentFor?: number
  /** How long connecting may take, in ms. Default 5,000. */
  readonly connectWithin?: number
}

export interface ConnectionOptions {
  readonly limits?: ConnectionLimits | undefined
  /** Default the system's. */
  readonly clock?: Clock | undefined
  /** From 0 to below 1, for the waits between attempts. Default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Is told when the connection is lost, and when it is there again: before anything else is sent over it. */
  readonly report?: (status: LinkStatus, detail?: unknown) => void
}

export interface SendOptions {
  /** Which node of a cluster the command is for. */
  readonly key?: string | undefined
  /** How long the command itself may wait in Redis, in ms. Default 0. */
  readonly wait?: number
}

/** A session with what is unanswered in it. */
interface Live extends OpenSession {
  readonly calls: Calls
}

/**
 * A connection that comes back: a session that ends, or doesn't answer, is followed by a new one, after a wait of at most
 * 0.5 s at first and 30 s later, with full jitter. Nothing is sent twice, and nothing waits for Redis to be back: a command
 * fails at once, and who sent it knows best what to do.
 */
export class Connection {
  readonly #open: (ended: (reason: unknown) => void) => RedisSession
  readonly #clock: Clock
  readonly #pace: Pace
  readonly #limits: Required<ConnectionLimits>
  readonly #report: (status: LinkStatus, detail?: unknown) => void
  #live: Live | undefined = undefined
  #wasLost = false
  #timer: unknown = undefined
  #isClosed = false

  constructor(
    open: (ended: (reason: unknown) => void) => RedisSession,
    { limits, clock = systemClock, random, report = () => undefined }: ConnectionOptions = {},
  ) {
    this.#open = open
    this.#clock = clock
    this.#pace = createPace({ clock, ...(random && { random }) })
    this.#limits = { answerWithin: 5_000, silentFor: 10_000, connectWithin: 5_000, ...limits }
    this.#report = report
  }

  get status(): 'open' | 'lost' | 'closed' {
    if (this.#isClosed) return 'closed'
    return this.#live === undefined ? 'lost' : 'open'
  }

  /** The first attempt. Rejects with `redis-unreachable`; then nothing is left open, and nothing more is tried. */
  async open(): Promise<void> {
    try {
      await this.#connect()
    } catch (error) {
      this.#isClosed = true
      throw new BusError('redis-unreachable', {}, error)
    }
  }

  /**
   * Sends a command; those of one task go together. Rejects with `redis-refused` when Redis answers with an error,
   * `redis-lost` when it is not known whether it was carried out, `redis-unreachable` when it was not sent, and
   * `redis-closed`.
   */
  send(command: RedisCommand, { key, wait = 0 }: SendOptions = {}): Promise<RedisReply> {
    if (this.#isClosed) return Promise.reject(new BusError('redis-closed', {}))
    if (this.#live === undefined) return Promise.reject(new BusError('redis-unreachable', {}))
    const { session, calls } = this.#live
    return calls.follow(command, wait, async () => session.send(command, key)) // a throw is a rejection
  }

  /** Waits for what is unanswered, as long as Redis may take to answer. Twice is fine. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#clock.clearTimeout(this.#timer)
    const live = this.#live
    await live?.calls.idle()
    this.#live = undefined
    live?.end(new BusError('redis-closed', {}))
  }

  async #connect(): Promise<void> {
    const opened = await openSession(this.#open, this.#clock, this.#limits.connectWithin)
    if (this.#isClosed) return opened.end(new BusError('redis-closed', {}))
    const live: Live = { ...opened, calls: new Calls(this.#clock, this.#limits.answerWithin, opened.end) }
    this.#live = live
    this.#pace.opened()
    this.#listen()
    void this.#follow(live)
    if (this.#wasLost) this.#report('open')
  }

  async #follow(live: Live): Promise<void> {
    const reason = await live.ended
    live.end(reason)
    live.calls.abandon(reason)
    if (live !== this.#live) return
    this.#live = undefined
    this.#clock.clearTimeout(this.#timer)
    this.#wasLost = true
    if (!this.#isClosed) this.#report('lost', reason)
    this.#wait()
  }

  #wait(): void {
    if (this.#isClosed) return
    this.#timer = this.#clock.setTimeout(() => void this.#reconnect(), this.#pace.next())
  }

  async #reconnect(): Promise<void> {
    try {
      await this.#connect()
    } catch {
      this.#wait() // it is lost already; why it still is, is no news
    }
  }

  /** Asks a quiet Redis whether it is there. What is unanswered asks, too. */
  #listen(): void {
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#live?.calls.count === 0) this.send(['PING']).catch(() => undefined) // then it is lost, which is told
      this.#listen()
    }, this.#limits.silentFor)
  }
}
