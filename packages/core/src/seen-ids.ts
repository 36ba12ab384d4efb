import type { Clock } from './clock.ts'

/** What a bus remembers of events that came over bridges, whichever they came over. */
const CAPACITY = 50_000
/** In ms. */
const KEPT = 5 * 60 * 1000

export interface SeenIdsOptions {
  readonly clock: Pick<Clock, 'elapsed'>
  /** Called once, when an id is forgotten before its time. */
  readonly overflowed: (capacity: number) => void
  /** So many of the newest ids are kept in any case within their time; at most twice as many. Default 50,000. */
  readonly capacity?: number
  /** How long an id is kept at least, in ms; at most twice as long. Default 5 minutes. */
  readonly kept?: number
}

/** An event on its way through the bus. */
class Passage<From, Outcome> {
  readonly id: string
  readonly from: From
  /** The event whose handlers have sent this one on its way, if they are still at it. */
  readonly around: Passage<From, Outcome> | undefined
  #outcome: Promise<Outcome> | undefined = undefined
  #settle: ((outcome: Outcome) => void) | undefined = undefined

  constructor(id: string, from: From, around: Passage<From, Outcome> | undefined) {
    this.id = id
    this.from = from
    this.around = around
  }

  /** Made for who asks: few events come again while they pass. */
  get outcome(): Promise<Outcome> {
    return (this.#outcome ??= new Promise((resolve) => (this.#settle = resolve)))
  }

  end(outcome: Outcome): void {
    this.#settle?.(outcome)
  }
}

/**
 * The ids that have passed, so that an event that comes twice passes once. An id counts as seen when it has **settled**;
 * until then a repeat shares the outcome of the first. Each step costs the same however many ids are kept: they are kept in
 * two generations, and the older one is let go as a whole.
 */
export class SeenIds<From, Outcome> {
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #overflowed: (capacity: number) => void
  readonly #capacity: number
  readonly #kept: number
  /** The innermost one whose handlers are being called. */
  #running: Passage<From, Outcome> | undefined = undefined
  /** Those whose handlers were called, and are not all done. */
  readonly #passing = new Map<string, Passage<From, Outcome>>()
  #young = new Map<string, From>()
  #old = new Map<string, From>()
  /** When the young generation began, and so the old one ended. */
  #since: number
  #hasOverflowed = false

  constructor({ clock, overflowed, capacity = CAPACITY, kept = KEPT }: SeenIdsOptions) {
    this.#clock = clock
    this.#overflowed = overflowed
    this.#capacity = capacity
    this.#kept = kept
    this.#since = clock.elapsed()
  }

  /** The outcome of this id if it is passing right now. */
  passing(id: string): Promise<Outcome> | undefined {
    return this.#passage(id)?.outcome
  }

  /** Whether the id has settled and is still remembered. */
  has(id: string): boolean {
    this.#forgetOld()
    return this.#young.has(id) || this.#old.has(id)
  }

  /** Where the event came from, while it passes and as long as it is remembered. */
  from(id: string): From | undefined {
    return this.#passage(id)?.from ?? this.#young.get(id) ?? this.#old.get(id)
  }

  /**
   * Lets an event pass: `run` starts at once and must not throw or reject. What `settles` says no to is not remembered.
   * Answers at once when `run` does.
   */
  pass(
    id: string,
    from: From,
    run: () => Outcome | Promise<Outcome>,
    settles: (outcome: Outcome) => boolean,
  ): Outcome | Promise<Outcome> {
    const passage = new Passage(id, from, this.#running)
    this.#running = passage // what it passes on is asked where it came from
    const outcome = run()
    this.#running = passage.around
    const end = (late: Outcome): Outcome => {
      if (settles(late)) this.#remember(id, from)
      passage.end(late)
      return late
    }
    if (!(outcome instanceof Promise)) return end(outcome)
    this.#passing.set(id, passage)
    return outcome.then((late) => {
      this.#passing.delete(id)
      return end(late)
    })
  }

  #passage(id: string): Passage<From, Outcome> | undefined {
    for (let one = this.#running; one !== undefined; one = one.around) if (one.id === id) return one
    return this.#passing.get(id)
  }

  #remember(id: string, from: From): void {
    if (this.#young.size >= this.#capacity && !this.#young.has(id)) this.#makeRoom()
    this.#young.set(id, from)
  }

  #forgetOld(): void {
    const age = this.#clock.elapsed() - this.#since
    if (age <= this.#kept) return
    this.#begin()
    if (age > 2 * this.#kept) this.#old.clear()
  }

  #begin(): void {
    this.#old = this.#young
    this.#young = new Map()
    this.#since = this.#clock.elapsed()
  }

  #makeRoom(): void {
    const isEarly = this.#old.size > 0
    this.#begin()
    if (!isEarly || this.#hasOverflowed) return
    this.#hasOverflowed = true
    this.#overflowed(this.#capacity)
  }
}
