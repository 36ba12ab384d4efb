import type { Observable } from 'rxjs'
import type { Cancellation, HandlerOutcome } from './task.ts'
import type { Delivery } from './deliveries.ts'
import type { BusError, ErrorCode } from './errors.ts'
import type { LinkStatus } from './signal.ts'
import type { WireEvent } from './wire.ts'

/** A way for events to leave this process and to come back. Implement `open`; `bridge` does the rest. */
export interface Transport {
  /** What signals, logs and the devtools call it. */
  readonly name: string
  readonly traits: Traits
  /** Resolves when events can flow, rejects if it can't; so no half-open object exists. */
  open(port: Port): Promise<Link>
}

/** What a transport promises. The contract suite checks it, the devtools show it. */
export interface Traits {
  /** The events of one sender arrive in the order in which they were sent. */
  readonly ordered: boolean
  /** What was sent while a receiver was away arrives when it is back. */
  readonly durable: boolean
  /** `Link.send` answers with a promise that means: accepted by the other side. */
  readonly acknowledges: boolean
  /** After a loss it comes back by itself. Default false: a link that is lost stays lost. */
  readonly reconnects?: boolean
  /** How far it reaches: other threads of this process, other pages of this origin, other machines. */
  readonly zone: 'process' | 'origin' | 'network'
}

/** The bus, as a transport sees it. */
export interface Port {
  /** Who we are: unique per bus, made anew on every start. */
  readonly origin: string
  /**
   * Hand over what came for one event, as it came: it is checked on the other side of this call. Answers when the local
   * handlers have settled, at once if they have; never throws or rejects. A transport that acknowledges nothing need not wait.
   */
  receive(message: unknown, delivery?: Delivery): Settling
  report(status: LinkStatus, detail?: unknown): void
  /** Events were lost on the way here: `missing` of them, if that is known. */
  gap(reason: string, missing?: number): void
  /** The patterns this side wants; now, and whenever they change. */
  readonly interest: Observable<readonly string[]>
}

/** What the local handlers made of an arrival. */
export interface Outcome {
  readonly handled: number
  readonly failed: readonly Failure[]
  /** Why the message never reached a handler. */
  readonly refused?: ErrorCode
  /** What was wrong with it then. */
  readonly error?: BusError
}

/** At once when all handlers have been quick. */
export type Settling = Outcome | Promise<Outcome>

export interface Failure {
  readonly handler: string
  readonly attempts: number
  readonly error: unknown
  /** It did not give up, but was not called, or not again. */
  readonly reason?: Cancellation | undefined
}

/** An open transport. */
export interface Link {
  /**
   * Sends events that are encoded, checked and plain. A promise means: accepted by the other side, which is before it has
   * handled them; it resolves to those that the other side will never take, if there are any. Throws or rejects when none
   * of the events will get there.
   */
  send(events: readonly WireEvent[]): void | Promise<void | readonly Rejection[]>
  /** Nothing is received after it. Twice is fine. */
  close(): Promise<void>
}

/** An event of a batch that the other side does not take, while it takes others. */
export interface Rejection {
  /** Its place in the batch. */
  readonly index: number
  readonly reason: string
}

/** The outcome of an arrival, in the words of the contract. */
export function toOutcome(outcomes: readonly HandlerOutcome[]): Outcome {
  const failed: Failure[] = []
  for (const { status, handler, attempts, error, reason } of outcomes)
    if (status !== 'handled') failed.push({ handler, attempts, error, reason })
  return { handled: outcomes.length - failed.length, failed }
}
