import type { Clock } from './clock.ts'

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

/** An event on its way through the bus, or one that has been. */
interface Passage<From, Outcome> {
  readonly from: From
  readonly outcome: Promise<Outcome>
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
    return this.#passing.get(id)?.outcome
  }

  /** Whether the id has settled and is still remembered. */
  has(id: string): boolean {
    this.#forgetOld()
    return this.#settled.has(id)
  }

  /** Where the event came from, while it passes and as long as it is remembered. */
  from(id: string): From | undefined {
    return this.#passing.get(id)?.from ?? this.#settled.get(id)
  }

  /** Lets an event pass: `run` starts at once and must not reject. What `settles` says no to is not remembered. */
  pass(
    id: string,
    from: From,
    run: () => Promise<Outcome>,
    settles: (outcome: Outcome) => boolean,
  ): Promise<Outcome> {
    let settle: (outcome: Outcome) => void
    const outcome = new Promise<Outcome>((resolve) => (settle = resolve))
    this.#passing.set(id, { from, outcome }) // before it runs: what it passes on is asked where it came from
    void run().then((result) => {
      this.#passing.delete(id)
      if (settles(result)) this.#remember(id, from)
      settle(result)
    })
    return outcome
  }

  #remember(id: string, from: From): void {
    if (this.#settled.has(id)) return
    this.#forgetOld()
    if (this.#settled.size >= this.#capacity) this.#overflow()
    const place = (this.#oldest + this.#settled.size) % this.#capacity
    this.#ids[place] = id
    this.#times[place] = this.#clock.elapsed()
    this.#settled.set(id, from)
  }

  #forgetOld(): void {
    const since = this.#clock.elapsed() - this.#kept
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
