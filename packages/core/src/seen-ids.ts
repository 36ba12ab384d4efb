import type { Clock } from './clock.ts'
import { isPromise } from './promise.ts'

/** What a bus remembers of events that came over bridges, whichever they came over. */
const CAPACITY = 50_000
/** In ms. */
const KEPT = 5 * 60 * 1000

export interface SeenIdsOptions {
  readonly clock: Pick<Clock, 'elapsed'>
  /** Called once, when an id is forgotten before its time. */
  readonly overflowed: (capacity: number) => void
  /** Default 50,000 ids. */
  readonly capacity?: number
  /** How long an id is kept, in ms. Default 5 minutes. */
  readonly kept?: number
}

/** An event on its way through the bus. */
interface Passage<From, Outcome> {
  readonly id: string
  readonly from: From
  /** Who waits for it, because it has come twice. */
  waiting: ((outcome: Outcome) => void)[] | undefined
  /** What was being run when it came. */
  readonly outer: Passage<From, Outcome> | undefined
}

/**
 * The ids that have passed, so that an event that comes twice passes once. An id counts as seen when it has **settled**;
 * until then a repeat shares the outcome of the first. Each step costs the same however many ids are kept.
 */
export class SeenIds<From, Outcome> {
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #overflowed: (capacity: number) => void
  readonly #capacity: number
  readonly #kept: number
  /** Whose handlers are being called; most events have passed when they return. */
  #running: Passage<From, Outcome> | undefined = undefined
  readonly #passing = new Map<string, Passage<From, Outcome>>()
  readonly #settled = new Map<string, From>()
  // A ring of the settled ids, oldest first: a Map alone would skip what was deleted from its front again and again.
  readonly #ids: string[] = []
  readonly #times: number[] = []
  #oldest = 0
  #hasOverflowed = false

  constructor({ clock, overflowed, capacity = CAPACITY, kept = KEPT }: SeenIdsOptions) {
    this.#clock = clock
    this.#overflowed = overflowed
    this.#capacity = capacity
    this.#kept = kept
  }

  /** The outcome of this id if it is passing right now. */
  passing(id: string): Promise<Outcome> | undefined {
    const passage = this.#find(id)
    return passage && new Promise((resolve) => (passage.waiting ??= []).push(resolve))
  }

  /** Whether the id has settled and is still remembered. */
  has(id: string): boolean {
    if (!this.#settled.has(id)) return false
    this.#forgetOld(this.#clock.elapsed())
    return this.#settled.has(id)
  }

  /** Where the event came from, while it passes and as long as it is remembered. */
  from(id: string): From | undefined {
    return this.#find(id)?.from ?? this.#settled.get(id)
  }

  /** Lets an event pass: `run` starts at once, and must not throw or reject. What `settles` says no to is not remembered. */
  pass(
    id: string,
    from: From,
    run: () => Outcome | Promise<Outcome>,
    settles: (outcome: Outcome) => boolean,
  ): Outcome | Promise<Outcome> {
    const passage: Passage<From, Outcome> = { id, from, waiting: undefined, outer: this.#running }
    this.#running = passage // before it runs: what it passes on is asked where it came from
    const outcome = run()
    this.#running = passage.outer
    if (!isPromise(outcome)) return this.#settle(passage, outcome, settles)
    this.#passing.set(id, passage)
    return outcome.then((late) => {
      this.#passing.delete(id)
      return this.#settle(passage, late, settles)
    })
  }

  #find(id: string): Passage<From, Outcome> | undefined {
    for (let one = this.#running; one !== undefined; one = one.outer) if (one.id === id) return one
    return this.#passing.get(id)
  }

  #settle(
    { id, from, waiting = [] }: Passage<From, Outcome>,
    outcome: Outcome,
    settles: (outcome: Outcome) => boolean,
  ): Outcome {
    if (settles(outcome)) this.#remember(id, from)
    for (const resolve of waiting) resolve(outcome)
    return outcome
  }

  #remember(id: string, from: From): void {
    if (this.#settled.has(id)) return
    const now = this.#clock.elapsed()
    this.#forgetOld(now)
    if (this.#settled.size >= this.#capacity) this.#overflow()
    const place = (this.#oldest + this.#settled.size) % this.#capacity
    this.#ids[place] = id
    this.#times[place] = now
    this.#settled.set(id, from)
  }

  #forgetOld(now: number): void {
    const since = now - this.#kept
    while (this.#settled.size > 0 && this.#times[this.#oldest]! < since) this.#forgetOldest()
  }

  #forgetOldest(): void {
    this.#settled.delete(this.#ids[this.#oldest]!)
    this.#oldest = (this.#oldest + 1) % this.#capacity
  }

  #overflow(): void {
    this.#forgetOldest()
    if (this.#hasOverflowed) return
    this.#hasOverflowed = true
    this.#overflowed(this.#capacity)
  }
}
