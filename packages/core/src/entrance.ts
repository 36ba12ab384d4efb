import type { DeadLetter } from './dead-letters.ts'
import type { Dispatcher } from './dispatcher.ts'
import { noteDelivery } from './deliveries.ts'
import { BusError, type ErrorCode, isBusError } from './errors.ts'
import { type BusEvent, freeze } from './event.ts'
import { type Masked, ofLog } from './fitting.ts'
import type { Subscription } from './handler.ts'
import type { Acceptance } from './inlet.ts'
import type { LetterBox } from './letter-box.ts'
import { settlingOf } from './fate.ts'
import type { Match } from './router.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import type { Task } from './task.ts'
import { isInternal } from './topic.ts'
import type { TopicFacts } from './topic-facts.ts'
import { type Outcome, type Settling, toOutcome } from './transport.ts'

type Matched = Match<HandlerSubscription, TopicFacts>
type Take = (event: BusEvent, match: Matched) => Settling

/** What is wrong with an event, and may be right after an update of this process. */
const misfits: readonly ErrorCode[] = ['payload-invalid', 'version-unknown', 'upcast-failed']

/** How an event is let in. */
interface Manner extends Masked {
  /** What does not fit is a dead letter: it might one day. */
  readonly isKept?: boolean
}

export interface EntranceParts {
  readonly source: string
  readonly spine: Dispatcher<TopicFacts>
  readonly tap: Tap
  /** Keeps what does not fit. */
  readonly letters: Pick<LetterBox, 'add'>
  readonly development: boolean
  /** Takes an event through the middleware to its handlers. */
  readonly admit: (event: BusEvent, match: Matched) => void
}

/**
 * The way into the bus for events that were sealed before: elsewhere, or long ago. They are checked like ours, but keep
 * their id, their time and their source.
 */
export class Entrance {
  readonly #parts: EntranceParts
  #isClosed = false

  constructor(parts: EntranceParts) {
    this.#parts = parts
  }

  close(): void {
    this.#isClosed = true
  }

  /** An event that was published elsewhere. Never rejects; synchronous as far as calling the handlers. */
  accept(event: BusEvent, link: string, { redacted = [], delivery }: Acceptance): Settling {
    return this.#let(event, link, { isKept: true, redacted }, (arrived, match) => {
      this.#parts.tap.tell({ type: 'received', event: arrived, link })
      if (delivery !== undefined) noteDelivery(arrived, delivery)
      return delivery?.target === undefined
        ? this.#admit(arrived, match)
        : this.#aim(arrived, delivery.target)
    })
  }

  /** Middleware, or what is dispatched already, may hold it up. */
  #admit(event: BusEvent, match: Matched): Settling {
    let settling: Settling | undefined
    let tell: ((settling: Settling) => void) | undefined
    this.#parts.spine.expected.expect(event.id, (fate = []) => {
      settling = settlingOf(fate)
      tell?.(settling)
    })
    this.#parts.admit(event, match)
    return settling ?? new Promise<Outcome>((resolve) => (tell = resolve))
  }

  /** An event of the past, for handlers alone, and for those that don't refuse it; or for a certain one. */
  replay(event: BusEvent, from: string, to: Subscription | undefined): Settling {
    const takes = to === undefined ? takesReplays : (one: HandlerSubscription): boolean => one === to
    return this.#let(event, from, ofLog, (past) =>
      this.again(this.#parts.development ? freeze(past) : past, takes),
    )
  }

  /** An event that was checked, for those who take it. */
  again(event: BusEvent, takes: (one: HandlerSubscription) => boolean): Settling {
    const { spine } = this.#parts
    const tasks = spine.again(event, spine.match(event.type).values.filter(takes))
    const working = tasks.filter(({ ending }) => ending === undefined)
    if (working.length === 0) return outcomeOf(tasks)
    return Promise.all(working.map((task) => task.done())).then(() => outcomeOf(tasks))
  }

  /** The event of a dead letter that nobody took; one that did not fit is checked again. Throws `payload-invalid`. */
  fitting({ event, kind }: DeadLetter): BusEvent {
    return kind === 'invalid' ? checked(event, this.#parts.spine.match(event.type).note, {}) : event
  }

  /** For one handler alone; the newest of its name. */
  #aim(event: BusEvent, name: string): Settling {
    const target = this.#parts.spine.named(name, event)
    if (target !== undefined) return this.again(event, (one) => one === target)
    const error = new BusError('handler-gone', { id: event.id, handler: name })
    return { handled: 0, failed: [{ handler: name, attempts: 0, error }] }
  }

  #let(event: BusEvent, from: string, manner: Manner, take: Take): Settling {
    const { source, spine, tap } = this.#parts
    try {
      if (this.#isClosed) throw new BusError('bus-closed', { bus: source })
      const match = spine.match(event.type)
      return take(checked(event, match.note, manner), match)
    } catch (error) {
      if (!isBusError(error)) throw error
      tap.tell({ type: 'refused', error, link: from })
      if (manner.isKept === true && misfits.includes(error.code))
        this.#parts.letters.add(event, 'invalid', error)
      return { handled: 0, failed: [], refused: error.code, error }
    }
  }
}

function takesReplays({ forwards, policy }: HandlerSubscription): boolean {
  return !forwards && policy.replay !== false
}

function outcomeOf(tasks: readonly Task[]): Outcome {
  return toOutcome(tasks.map(({ outcome }) => outcome!))
}

/** Throws what is wrong with it. */
function checked(event: BusEvent, { type, definition, parse }: TopicFacts, masked: Masked): BusEvent {
  if (isInternal(event.type)) parse?.(event.data)
  if (definition !== undefined) return definition.fit(event, masked)
  return event.type === type ? event : { ...event, type }
}
