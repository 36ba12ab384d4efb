import { type Refused, WINDOW } from '../protocol/frames.ts'
import type { History } from './history.ts'
import { type Guest, keyOf } from './reception.ts'
import type { Principal } from './settings.ts'

/** Sessions remembered at most. One that is forgotten may send again what was accepted, if its acknowledgement was lost. */
const SESSIONS = 10_000
/** Refusals remembered of a session: as many as can be on their way, and as many that were answered and not noted yet. */
const REFUSALS = 2 * WINDOW

/** Who is at the other end of a session at the moment. */
export interface Holder {
  /** The session goes on elsewhere. */
  replaced(): void
  /** More has been accepted. */
  accepted(): void
}

/** What the hub knows of a client over its connections: which of its events it has. */
export class Session {
  /** Unique among all clients: a client can't say it is another's. */
  readonly key: string
  holder: Holder | undefined = undefined
  /** The number of the last event that has come. */
  received = 0
  /** The number of the last event that is in the history, or was refused. */
  accepted = 0
  /**
   * Whether it is known of every event up to `received` what became of it. Of a session that was found in the history it is not:
   * what was refused is not in there, so the client may go on further up.
   */
  isWhole = false
  readonly #refusals: Refused[] = []

  constructor(key: string) {
    this.key = key
  }

  refuse(sequence: number, reason: string): void {
    this.#refusals.push([sequence, reason])
    if (this.#refusals.length > REFUSALS) this.#refusals.shift()
  }

  /** What was refused after the event of this number, as far as it was accepted. */
  refusedAfter(sequence: number): readonly Refused[] {
    return this.#refusals.filter(([one]) => one > sequence && one <= this.accepted)
  }

  /** What a history that other hubs append to has of it; what they have refused is not in there. */
  learn(sequence: number): void {
    this.received = Math.max(this.received, sequence)
    this.accepted = Math.max(this.accepted, sequence)
    this.isWhole = false
  }

  accept(sequence: number): void {
    this.accepted = Math.max(this.accepted, sequence)
    this.holder?.accepted()
  }
}

/** The sessions that the hub remembers. */
export class Sessions {
  readonly #sessions = new Map<string, Session>()

  /** The session, held by `holder` from now on; a new one if it is unknown. */
  take(guest: Guest<Principal>, holder: Holder): Session {
    const session = this.get(keyOf(guest))
    session.holder?.replaced()
    session.holder = holder
    if (guest.known !== undefined) session.learn(guest.known)
    return session
  }

  /** The one of this key, which counts as the last used from now on. */
  get(key: string): Session {
    const session = this.#sessions.get(key) ?? new Session(key)
    this.#sessions.delete(key)
    this.#sessions.set(key, session)
    if (this.#sessions.size > SESSIONS) this.#forget()
    return session
  }

  /** What the history tells of sessions before this hub was started. */
  restore(history: History): void {
    for (let position = history.first; position <= history.last; position++) {
      const { from, sequence } = history.at(position)!
      if (sequence === undefined) continue
      const session = this.get(from)
      session.received = session.accepted = sequence
    }
  }

  /** After this every client is a stranger. */
  clear(): void {
    this.#sessions.clear()
  }

  /** The one that was used least recently, of those that nobody holds. */
  #forget(): void {
    for (const [key, { holder }] of this.#sessions) {
      if (holder !== undefined) continue
      this.#sessions.delete(key)
      return
    }
  }
}
