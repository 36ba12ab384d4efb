import type { Causes } from './causes.ts'
import type { Clock } from './clock.ts'
import type { Dispatcher } from './dispatcher.ts'
import { Entrance } from './entrance.ts'
import { BusError, isBusError } from './errors.ts'
import { type BusEvent, freeze, type PublishOptions, seal, sealEffect, sealWithKey } from './event.ts'
import { Flaws } from './flaws.ts'
import type { Context } from './handler-context.ts'
import type { NewId } from './id.ts'
import type { LetterBox } from './letter-box.ts'
import type { Log } from './logger.ts'
import { compose, type Exits, type Middleware } from './middleware.ts'
import type { Retained } from './retained.ts'
import type { Match } from './router.ts'
import type { DropReason } from './signal.ts'
import type { HandlerSubscription } from './subscription.ts'
import type { Tap } from './tap.ts'
import type { TopicFacts } from './topic-facts.ts'

type Matched = Match<HandlerSubscription, TopicFacts>

/** What publishing needs of a bus. */
export interface PublisherParts {
  readonly source: string
  readonly clock: Clock
  readonly tap: Tap
  readonly log: Log
  readonly newId: NewId
  readonly spine: Dispatcher<TopicFacts>
  readonly middleware: readonly Middleware[]
  readonly development: boolean
  readonly causes: Causes
  readonly letters: Pick<LetterBox, 'add'>
  readonly retained: Retained
  /** From how many characters of JSON on a payload is named, in development. */
  readonly largePayload: number
}

/** The way of an event into the bus: check, seal, middleware, spine. */
export class Publisher {
  /** For events that were sealed before. */
  readonly entrance: Entrance
  readonly #clock: Clock
  readonly #tap: Tap
  readonly #log: Log
  readonly #newId: NewId
  readonly #spine: Dispatcher<TopicFacts>
  readonly #middleware: ((event: BusEvent) => void) | undefined
  readonly #development: boolean
  readonly #causes: Causes
  readonly #retained: Retained
  readonly #flaws: Flaws
  /** Nothing stands between sealing and the spine: the fast way. */
  readonly #direct: boolean

  constructor(parts: PublisherParts) {
    const { clock, tap, log, newId, spine, middleware, development } = parts
    this.#causes = parts.causes
    this.#retained = parts.retained
    this.#flaws = new Flaws(tap, log, parts.largePayload)
    this.#clock = clock
    this.#tap = tap
    this.#log = log
    this.#newId = newId
    this.#spine = spine
    this.#middleware = middleware.length === 0 ? undefined : compose(middleware, this.#exits)
    this.#development = development
    this.#direct = middleware.length === 0 && !development
    const admit = (event: BusEvent, match: Matched): void => this.#admit(event, match, clock.now())
    this.entrance = new Entrance({
      source: parts.source,
      letters: parts.letters,
      spine,
      tap,
      development,
      admit,
    })
  }

  /** Throws to the publisher, the only one to blame. */
  publish(source: string, topic: string, data: unknown, options: PublishOptions | undefined): BusEvent {
    try {
      const match = this.#spine.match(topic)
      const facts = match.note
      const { parse } = facts
      const value = parse === undefined ? data : parse(data)
      const time = this.#clock.now()
      const { cause } = this.#causes
      const sealed = seal(this.#newId(time), facts.type, source, time, value, facts.version, options)
      const event = cause === undefined ? sealed : this.#caused(sealed, cause, options)
      if (!this.#direct || facts.needsCare || this.#spine.refusals > 0)
        return this.#publishWithCare(event, match, time)
      this.#pass(event, match, time)
      return event
    } catch (error) {
      throw this.#refused(error)
    }
  }

  /** An event of the bus's own: its topic begins with `$`. */
  announce(source: string, topic: string, data: unknown): void {
    const time = this.#clock.now()
    this.#spine.next(seal(this.#newId(time), topic, source, time, data, 1))
  }

  /** Throws `event-loop`. */
  #caused(event: BusEvent, cause: Context, options: PublishOptions | undefined): BusEvent {
    this.#causes.refuseLoop(cause, event.type)
    return sealEffect(event, cause.event, options)
  }

  #publishWithCare(sealed: BusEvent, match: Matched, time: number): BusEvent {
    const { definition, key } = match.note
    const event = key === undefined ? sealed : sealWithKey(sealed, keyOf(sealed, key))
    if (this.#development) this.#flaws.look(event, definition)
    this.#admit(event, match, time)
    return event
  }

  #admit(event: BusEvent, match: Matched, time: number): void {
    const admitted = this.#development ? freeze(event) : event
    if (this.#middleware === undefined) this.#enter(admitted, match, time)
    else this.#middleware(admitted)
  }

  #enter(event: BusEvent, match: Matched, time: number): void {
    if (this.#spine.refusals > 0) this.#spine.refuseIfFull(event, match)
    if (match.note.retain) this.#retained.keep(event)
    this.#pass(event, match, time)
  }

  #pass(event: BusEvent, match: Matched, time: number): void {
    match.note.stats.publishedAt(time)
    if (this.#tap.active) this.#tap.pass({ type: 'published', at: time, event })
    this.#spine.pass(event, match)
  }

  readonly #exits: Exits = {
    arrive: (event) => this.#enter(event, this.#spine.match(event.type), this.#clock.now()),
    withheld: (event) => this.#drop(event, 'middleware'),
    failed: (event, error) => {
      this.#drop(event, 'middleware-failed', error)
      this.#log.write('error', () => ({
        message: `a middleware failed on ${event.type}; the event is dropped`,
        error,
      }))
    },
  }

  #drop(event: BusEvent, reason: DropReason, error?: unknown): void {
    this.#tap.tell({ type: 'dropped', event, reason, error })
    this.#spine.expected.meet(event.id, undefined)
  }

  #refused(error: unknown): unknown {
    if (isBusError(error)) this.#tap.tell({ type: 'refused', error })
    return error
  }
}

function keyOf(event: BusEvent, key: (event: BusEvent) => string | undefined): string | undefined {
  try {
    return key(event)
  } catch (error) {
    throw new BusError('key-failed', { topic: event.type }, error)
  }
}
