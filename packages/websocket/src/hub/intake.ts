import { isBusError, type WireEvent } from '@heliobus/core'
import { CloseCode, malformed, Violation } from '../protocol/close-code.ts'
import { isObject } from '../protocol/fields.ts'
import { type EventsUp, WINDOW } from '../protocol/frames.ts'
import type { Draft } from './history.ts'
import type { Session } from './sessions.ts'
import type { TopicSet } from '../protocol/topic-set.ts'

export interface IntakeOptions {
  readonly session: Session
  readonly admit: (event: WireEvent) => WireEvent | string
  /** Resolves when they are in the history. */
  readonly append: (drafts: readonly Draft[]) => void | Promise<void>
}

/** The stream from one client: each event once, in order, if it may be published. */
export class Intake {
  readonly #options: IntakeOptions
  publishable: TopicSet
  /** Up to which event the client has heard that it is accepted. */
  acknowledged: number

  constructor(options: IntakeOptions, publishable: TopicSet) {
    this.#options = options
    this.publishable = publishable
    this.acknowledged = options.session.accepted
  }

  /** Throws a `Violation`: then nothing of the frame was taken. */
  take({ sequence, events }: EventsUp): void {
    const { session, append } = this.#options
    const last = sequence + events.length - 1
    this.#check(sequence, last)
    const drafts: Draft[] = []
    const refusals: [number, string][] = []
    const first = Math.max(sequence, session.received + 1)
    for (let number = first; number <= last; number++) {
      const draft = this.#examine(events[number - sequence], number)
      if (typeof draft === 'string') refusals.push([number, draft])
      else drafts.push(draft)
    }
    if (first > last) return session.accept(session.accepted) // repeats: the client has missed an acknowledgement
    session.received = last
    for (const [number, reason] of refusals) session.refuse(number, reason)
    const done = append(drafts)
    if (done === undefined) session.accept(last)
    else
      done.then(
        () => session.accept(last),
        () => undefined, // whoever appends disconnects everybody
      )
  }

  #check(first: number, last: number): void {
    const { session } = this.#options
    if (!session.isWhole) this.#begin(first)
    if (first > session.received + 1)
      throw malformed(`events ${session.received + 1} to ${first - 1} are missing`)
    if (last - this.acknowledged > WINDOW) throw malformed(`more than ${WINDOW} events are on their way`)
  }

  /** The client knows better than this hub, which was started later, what has been answered. */
  #begin(first: number): void {
    const { session } = this.#options
    session.isWhole = true
    if (session.received >= first) return
    this.acknowledged = session.received = session.accepted = first - 1
  }

  /** What goes into the history, or why the event is refused. */
  #examine(event: unknown, sequence: number): Draft | string {
    if (!isEvent(event)) return 'it is not a CloudEvent 1.0 in the JSON format'
    const topic = this.#authorized(event.type)
    if (topic === undefined) return `"${event.type}" is not a topic`
    const admitted = this.#options.admit(event)
    if (typeof admitted === 'string') return admitted
    const { key: from } = this.#options.session
    return { topic: admitted.type, text: JSON.stringify(admitted), from, sequence }
  }

  #authorized(topic: string): string | undefined {
    try {
      if (this.publishable.has(topic)) return topic
    } catch (error) {
      if (isBusError(error, 'topic-invalid')) return undefined
      throw error
    }
    throw new Violation(CloseCode.forbidden, `this client may not publish ${topic}`)
  }
}

const LONGEST = 1_024

/** As far as the hub needs to know; every bus that gets it checks the whole. */
export function isEvent(event: unknown): event is WireEvent {
  if (!isObject(event) || Reflect.get(event, 'specversion') !== '1.0') return false
  return ['id', 'source', 'type'].every((name) => isText(Reflect.get(event, name)))
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST
}
