import { covers } from '@heliobus/core'
import { CloseCode, Violation } from '../protocol/close-code.ts'
import {
  type AckUp,
  type EventsUp,
  type HubFrame,
  type Place,
  type Want,
  type Welcome,
  WINDOW,
} from '../protocol/frames.ts'
import { Feed, type FeedOptions, type Outlet } from './feed.ts'
import { Intake, type IntakeOptions } from './intake.ts'
import type { Audiences } from './audience.ts'
import type { Reader } from './exchange.ts'
import type { Rights } from './settings.ts'
import type { Holder, Session } from './sessions.ts'
import { TopicSet } from '../protocol/topic-set.ts'

/** The way to the client. */
interface Line {
  readonly bufferedAmount: number
  send(frame: HubFrame): void
  /** A frame that is written already; `sent`, if given, is called when it has left this process. */
  sendWritten(frame: Buffer, sent: (() => void) | undefined): void
  close(code: CloseCode, reason: string): void
}

export interface VisitOptions extends Omit<FeedOptions, 'outlet' | 'to'>, Omit<IntakeOptions, 'session'> {
  readonly rights: Rights
  readonly maxBytes: number
  readonly audiences: Audiences
  readonly connection: Line
  /** Takes the session for whoever is told here. */
  readonly takeSession: (holder: Holder) => Session
}

/** A client that was let in, over one connection: both streams. */
export class Visit implements Holder, Reader {
  readonly #options: VisitOptions
  readonly #session: Session
  readonly #feed: Feed
  readonly #intake: Intake
  #owesAck = false

  constructor(options: VisitOptions) {
    const { rights, takeSession } = options
    this.#options = options
    this.#session = takeSession(this)
    this.#intake = new Intake({ ...options, session: this.#session }, new TopicSet(rights.publish))
    this.#feed = new Feed({ ...options, to: this.#session.key, outlet: this.#makeOutlet() })
  }

  get offset(): string {
    return this.#feed.offset
  }

  /** What it wants, and how many events in the history are beyond the offset. */
  get standing(): Pick<Feed, 'interest' | 'behind'> {
    const { interest, behind } = this.#feed
    return { interest, behind }
  }

  get welcome(): Welcome {
    const { history, maxBytes } = this.#options
    const { publish, subscribe } = this.#options.rights
    const { accepted } = this.#session
    const refused = this.#session.refusedAfter(0)
    return {
      type: 'welcome',
      version: 1,
      epoch: history.epoch,
      offset: this.offset,
      sequence: accepted,
      ...(refused.length > 0 && { refused }),
      window: WINDOW,
      maxBytes,
      publish,
      subscribe,
    }
  }

  take(frame: Want | EventsUp | AckUp): void {
    if (frame.type === 'events') this.#intake.take(frame)
    else if (frame.type === 'ack') this.#feed.acknowledge(frame.offset)
    else this.#want(frame.patterns)
  }

  /** The client could not go on where it left off. */
  missed({ epoch, offset }: Place): void {
    const { history, connection } = this.#options
    const isKnown = epoch === history.epoch
    const reason = isKnown
      ? `the history does not reach back to ${offset}`
      : 'the hub has begun a new history'
    connection.send({ type: 'gap', offset: this.offset, reason })
  }

  deliver(): void {
    this.#feed.pump()
  }

  end(): void {
    this.#feed.stop()
    if (this.#session.holder === this) this.#session.holder = undefined
  }

  replaced(): void {
    this.#options.connection.close(CloseCode.replaced, 'the session goes on over another connection')
  }

  /** Frames that came together are acknowledged together. */
  accepted(): void {
    if (this.#owesAck) return
    this.#owesAck = true
    queueMicrotask(() => this.#acknowledge())
  }

  #makeOutlet(): Outlet {
    const { connection } = this.#options
    return {
      get bufferedAmount() {
        return connection.bufferedAmount
      },
      send: (frame, sent) => connection.sendWritten(frame, sent),
      gap: (reason, missing) => connection.send({ type: 'gap', offset: this.offset, reason, missing }),
      tooSlow: (reason) => connection.close(CloseCode.slow, reason),
    }
  }

  #acknowledge(): void {
    this.#owesAck = false
    const { accepted } = this.#session
    const refused = this.#session.refusedAfter(this.#intake.acknowledged)
    this.#intake.acknowledged = accepted
    this.#options.connection.send({ type: 'ack', sequence: accepted, ...(refused.length > 0 && { refused }) })
  }

  #want(patterns: readonly string[]): void {
    const beyond = patterns.find(
      (pattern) => !this.#options.rights.subscribe.some((wide) => covers(wide, pattern)),
    )
    if (beyond !== undefined) throw new Violation(CloseCode.forbidden, `this client may not hear ${beyond}`)
    this.#feed.join(this.#options.audiences.of(patterns))
  }
}
