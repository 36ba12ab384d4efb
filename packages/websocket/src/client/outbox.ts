import type { Rejection, WireEvent } from '@heliobus/core'
import { ENVELOPE, eventsText, type Refused } from '../protocol/frames.ts'
import type { TopicSet } from '../protocol/topic-set.ts'
import { utf8Length } from './utf8-length.ts'

/** An event as it is sent. */
export interface Letter {
  readonly topic: unknown
  readonly text: string
}

/** A transport carries whatever it is given. */
export function toLetter(event: WireEvent): Letter {
  const { type: topic }: Partial<WireEvent> = event ?? {}
  return { topic, text: JSON.stringify(event) }
}

/** Events that were sent in one call. */
interface Batch {
  left: number
  readonly rejections: Rejection[]
  readonly resolve: (rejections: readonly Rejection[]) => void
  readonly reject: (error: unknown) => void
}

/** An event that the hub has not answered for yet. */
interface Waiting extends Letter {
  readonly batch: Batch
  readonly index: number
  /** Given when it is first sent, if not before, and kept. */
  sequence: number | undefined
  /** Why it is not sent, though it has a number: the hub gets something else in its place, and refuses that. */
  objection: string | undefined
}

/** What the hub takes. */
export interface Terms {
  readonly window: number
  readonly maxBytes: number
  readonly publishable: TopicSet
}

/** Stands for an event that may not be sent any more, but has a number: without it there would be a hole. */
const NOTHING = 'null'

/**
 * The events of one session on their way to the hub: numbered, kept until they are acknowledged, and sent again over the next
 * connection. Not bounded here: the bridge's outbox is, which counts what is not accepted.
 */
export class Outbox {
  #waiting: Waiting[] = []
  /** How many of those are on their way over the present connection. */
  #sent = 0
  #next = 1
  #welcome: readonly [accepted: number, refused: readonly Refused[] | undefined] = [0, undefined]

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /**
   * Resolves when the hub has answered for all of them, to those that it refused. `first` is the number of the first, if they
   * have been numbered: by an earlier page, say, and then the hub may have answered already.
   */
  add(letters: readonly Letter[], first?: number): Promise<readonly Rejection[]> {
    if (letters.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      const batch: Batch = { left: letters.length, rejections: [], resolve, reject }
      for (const [index, letter] of letters.entries()) {
        const sequence = first === undefined ? undefined : first + index
        this.#waiting.push({ ...letter, batch, index, sequence, objection: undefined })
      }
      if (first !== undefined) this.accept(...this.#welcome)
    })
  }

  /** A new connection: what is not accepted is sent again. */
  rewind(accepted: number, refused: readonly Refused[] | undefined): void {
    this.#welcome = [accepted, refused]
    this.accept(accepted, refused)
    this.#sent = 0
  }

  /** The hub has answered for every event up to this number. */
  accept(sequence: number, refused: readonly Refused[] | undefined): void {
    const reasons = new Map(refused)
    const isLater = ({ sequence: own = Number.POSITIVE_INFINITY }: Waiting): boolean => own > sequence
    const later = this.#waiting.findIndex(isLater)
    const answered = this.#waiting.splice(0, later === -1 ? this.#waiting.length : later)
    for (const one of answered) settle(one, reasons.get(one.sequence!))
    this.#sent = Math.max(0, this.#sent - answered.length)
  }

  /** The next frame; undefined when nothing waits, or the window is full. */
  take(terms: Terms): string | undefined {
    const texts: string[] = []
    let left = terms.maxBytes - ENVELOPE
    let first = 0
    for (let next = this.#upNext(terms); next !== undefined; next = this.#upNext(terms)) {
      const text = next.objection === undefined ? next.text : NOTHING
      left -= utf8Length(text) + 1
      if (left < 0 && texts.length > 0) break
      next.sequence ??= this.#next++
      first ||= next.sequence
      texts.push(text)
      this.#sent++
    }
    return texts.length === 0 ? undefined : eventsText(`"sequence":${first}`, texts)
  }

  /** Nothing of this will be sent any more. */
  fail(error: unknown): void {
    for (const { batch } of this.#waiting) batch.reject(error)
    this.#waiting = []
    this.#sent = 0
  }

  /** The next event that may be sent; those before it that may not are told to who sent them. */
  #upNext(terms: Terms): Waiting | undefined {
    while (this.#sent < terms.window) {
      const next = this.#waiting[this.#sent]
      if (next === undefined) return undefined
      const reason = objection(next, terms)
      if (next.sequence !== undefined) next.objection = reason
      if (reason === undefined || next.sequence !== undefined) return next
      this.#waiting.splice(this.#sent, 1)
      settle(next, reason)
    }
    return undefined
  }
}

/** Why the hub would not take it. What is no event at all, the hub refuses. */
function objection({ topic, text }: Letter, { maxBytes, publishable }: Terms): string | undefined {
  if (text.length * 3 > maxBytes - ENVELOPE && utf8Length(text) > maxBytes - ENVELOPE)
    return `the hub takes no event larger than ${maxBytes - ENVELOPE} bytes`
  return typeof topic === 'string' && isForbidden(topic, publishable)
    ? `the hub does not let this client publish ${topic}`
    : undefined
}

function isForbidden(topic: string, publishable: TopicSet): boolean {
  try {
    return !publishable.has(topic)
  } catch {
    return false // no topic: the hub says so
  }
}

function settle({ batch, index, objection: own }: Waiting, told: string | undefined): void {
  const reason = told === undefined ? undefined : (own ?? told)
  if (reason !== undefined) batch.rejections.push({ index, reason })
  if (--batch.left === 0) batch.resolve(batch.rejections)
}
