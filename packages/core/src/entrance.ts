import type { DeadLetter } from './dead-letters.ts'
import type { Dispatcher } from './dispatcher.ts'
import { BusError, type ErrorCode, isBusError } from './errors.ts'
import { type BusEvent, freeze } from './event.ts'
import type { LetterBox } from './letter-box.ts'
import { outcomesOf } from './fate.ts'
import type { Match } from './router.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import { isInternal } from './topic.ts'
import type { TopicFacts } from './topic-facts.ts'
import { type Outcome, toOutcome } from './transport.ts'
import { fitted } from './upgrade.ts'

type Matched = Match<HandlerSubscription, TopicFacts>
type Take = (event: BusEvent, match: Matched) => Promise<Outcome>

/** What is wrong with an event, and may be right after an update of this process. */
const misfits: readonly ErrorCode[] = ['payload-invalid', 'version-unknown', 'upcast-failed']

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
  accept(event: BusEvent, link: string): Promise<Outcome> {
    const keep = (error: BusError): void => this.#parts.letters.add(event, 'invalid', error)
    return this.#let(event, link, keep, async (arrived, match) => {
      const { spine, tap, admit } = this.#parts
      tap.tell({ type: 'received', event: arrived, link })
      const fate = spine.expected.ask(arrived.id)
      admit(arrived, match)
      return toOutcome(await outcomesOf((await fate) ?? []))
    })
  }

  /** An event of the past, for handlers alone, and for those that don't refuse it. Never rejects. */
  replay(event: BusEvent, from: string): Promise<Outcome> {
    return this.#let(event, from, noop, async (past, { values }) => {
      const { spine, development } = this.#parts
      const again = development ? freeze(past) : past
      const takers = values.filter(({ forwards, policy }) => !forwards && policy.replay !== false)
      const tasks = spine.again(again, takers)
      for (const task of tasks) if (task.ending === undefined) await task.done()
      return toOutcome(tasks.map(({ outcome }) => outcome!))
    })
  }

  /** The event of a dead letter that nobody took; one that did not fit is checked again. Throws `payload-invalid`. */
  fitting({ event, kind }: DeadLetter): BusEvent {
    return kind === 'invalid' ? checked(event, this.#parts.spine.match(event.type).note) : event
  }

  /** `keep` hears of what did not fit: it might one day. */
  async #let(event: BusEvent, from: string, keep: (error: BusError) => void, take: Take): Promise<Outcome> {
    const { source, spine, tap } = this.#parts
    try {
      if (this.#isClosed) throw new BusError('bus-closed', { bus: source })
      const match = spine.match(event.type)
      return await take(checked(event, match.note), match)
    } catch (error) {
      if (!isBusError(error)) throw error
      tap.tell({ type: 'refused', error, link: from })
      if (misfits.includes(error.code)) keep(error)
      return { handled: 0, failed: [], refused: error.code }
    }
  }
}

/** Throws what is wrong with it. */
function checked(event: BusEvent, { type, definition, parse }: TopicFacts): BusEvent {
  if (isInternal(event.type)) parse?.(event.data)
  return definition === undefined ? { ...event, type } : fitted(event, definition)
}

function noop(): void {}
