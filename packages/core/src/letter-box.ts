import { type Observable, Subject } from 'rxjs'
import type { Clock } from './clock.ts'
import type {
  DeadLetter,
  DeadLetters,
  LetterFilter,
  LetterKind,
  Redriven,
  RedriveOptions,
} from './dead-letters.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { fits } from './letter-filter.ts'
import { checkOption } from './option.ts'
import { pause } from './pause.ts'
import type { Tap } from './tap.ts'
import type { FailedAttempt, HandlerOutcome, Subscriber, Task } from './task.ts'

/** What the box asks of the bus. */
export interface LetterBoxParts {
  readonly clock: Clock
  readonly tap: Tap
  readonly capacity: number
  /** The first letter is pushed out. */
  readonly onFull: (capacity: number) => void
  /** Each letter as it comes. */
  readonly onLetter: (letter: DeadLetter) => void
  /** The newest subscription of that name that takes events like this one. */
  readonly find: (name: string, event: BusEvent) => Subscriber | undefined
  /** Hands the event to a subscription once more. */
  readonly redeliver: (event: BusEvent, subscription: Subscriber) => Promise<HandlerOutcome | undefined>
  /** Hands the event to everybody who takes it now; false when there is nobody. Rejects when it does not fit. */
  readonly reroute: (letter: DeadLetter) => Promise<boolean>
}

interface Entry {
  readonly letter: DeadLetter
  readonly subscription: Subscriber | undefined
}

const ATTEMPTS_KEPT = 100
/** Letters from outside take at most this share of the room: nobody can push out the others by sending rubbish. */
const INVALID_SHARE = 0.1

/** Keeps dead letters, and hands them back. */
export class LetterBox implements DeadLetters {
  readonly #parts: LetterBoxParts
  readonly #entries = new Map<string, Entry>()
  /** The ids of letters from outside, oldest first. */
  readonly #invalid = new Set<string>()
  readonly #redriving = new Set<string>()
  readonly #added = new Subject<DeadLetter>()
  /** Letters that newer ones have pushed out. */
  dropped = 0

  constructor(parts: LetterBoxParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#entries.size
  }

  get added$(): Observable<DeadLetter> {
    return this.#added.asObservable()
  }

  /** What a handler gave up on. */
  bury({ event, subscription, failures = [] }: Task, kind: LetterKind): void {
    const { name, patterns } = subscription
    const id = this.#idFor(event, subscription)
    const attempts = [...(this.#entries.get(id)?.letter.attempts ?? []), ...failures].slice(-ATTEMPTS_KEPT)
    const at = this.#parts.clock.now()
    const error = attempts.at(-1)?.error
    this.#add({ letter: { id, kind, event, handler: name, patterns, attempts, error, at }, subscription })
  }

  /** What no handler had a part in. */
  add(event: BusEvent, kind: 'invalid' | 'unrouted', error: unknown): void {
    const at = this.#parts.clock.now()
    const letter = { id: `${event.id}/${kind}`, kind, event, handler: undefined, patterns: [], error, at }
    this.#add({ letter: { ...letter, attempts: [] as readonly FailedAttempt[] }, subscription: undefined })
  }

  list(filter: LetterFilter = {}): readonly DeadLetter[] {
    const { limit = Number.POSITIVE_INFINITY } = filter
    const letters = [...this.#entries.values()].map(({ letter }) => letter)
    return letters.filter((letter) => fits(letter, filter)).slice(0, limit)
  }

  async redrive(which: string | LetterFilter, options: RedriveOptions = {}): Promise<readonly Redriven[]> {
    const under: Promise<Redriven>[] = []
    for await (const entry of this.#paced(this.#chosen(which), options))
      under.push(this.#redriveOne(entry, options))
    const redriven = await Promise.all(under)
    const [first] = redriven
    if (typeof which === 'string' && first?.status === 'handler-gone')
      throw new BusError('handler-gone', { id: which, handler: first.letter.handler ?? '' })
    return redriven
  }

  /** One after the other, at the rate that was asked for, until the signal is aborted. */
  async *#paced(entries: readonly Entry[], { rate, signal }: RedriveOptions): AsyncGenerator<Entry> {
    const wait = rate === undefined ? 0 : 1_000 / checkRate(rate)
    for (const [index, entry] of entries.entries()) {
      if (index > 0 && wait > 0) await pause(this.#parts.clock, wait, signal)
      if (signal?.aborted === true) return
      yield entry
    }
  }

  discard(which: string | LetterFilter): number {
    const entries = this.#chosen(which)
    for (const { letter } of entries) {
      this.#forget(letter.id)
      this.#parts.tap.tell({ type: 'discarded', letter })
    }
    return entries.length
  }

  close(): void {
    this.#added.complete()
  }

  /** Names need not be unique, and no letter may take the place of another handler's. */
  #idFor(event: BusEvent, subscription: Subscriber): string {
    const first = `${event.id}/${subscription.name}`
    let id = first
    for (let next = 2; !this.#isFor(id, subscription); next++) id = `${first}/${next}`
    return id
  }

  /** True when nobody has the id, it is the subscription's own, or the letter has been handed on to it. */
  #isFor(id: string, subscription: Subscriber): boolean {
    const entry = this.#entries.get(id)
    return entry === undefined || entry.subscription === subscription || this.#redriving.has(id)
  }

  #add(entry: Entry): void {
    const { letter } = entry
    const { capacity, tap, onLetter } = this.#parts
    this.#forget(letter.id) // what comes back is the newest
    this.#entries.set(letter.id, entry)
    if (letter.kind === 'invalid') this.#invalid.add(letter.id)
    if (this.#invalid.size > Math.max(1, capacity * INVALID_SHARE)) this.#dropFirst(this.#invalid)
    if (this.#entries.size > capacity) this.#dropFirst(this.#entries)
    tap.tell({ type: 'buried', letter })
    this.#added.next(letter)
    onLetter(letter)
  }

  #dropFirst(ids: Pick<Set<string>, 'keys'>): void {
    const [oldest] = ids.keys()
    this.#forget(oldest!)
    if (this.dropped++ === 0) this.#parts.onFull(this.#parts.capacity)
  }

  #forget(id: string): void {
    this.#entries.delete(id)
    this.#invalid.delete(id)
  }

  #chosen(which: string | LetterFilter): readonly Entry[] {
    if (typeof which !== 'string') return this.list(which).map(({ id }) => this.#entries.get(id)!)
    const entry = this.#entries.get(which)
    if (entry === undefined) throw new BusError('letter-unknown', { id: which })
    return [entry]
  }

  async #redriveOne(entry: Entry, { dryRun = false }: RedriveOptions): Promise<Redriven> {
    const { letter } = entry
    const target = this.#targetOf(entry)
    if (letter.handler !== undefined && target === undefined) return { letter, status: 'handler-gone' }
    if (dryRun) return { letter, status: 'would-go' }
    if (this.#redriving.has(letter.id)) return { letter, status: 'under-way' }
    this.#redriving.add(letter.id)
    this.#parts.tap.tell({ type: 'redriven', letter })
    try {
      return await this.#handOver(letter, target)
    } finally {
      this.#redriving.delete(letter.id)
    }
  }

  async #handOver(letter: DeadLetter, target: Subscriber | undefined): Promise<Redriven> {
    if (target === undefined) return this.#reroute(letter)
    const outcome = await this.#parts.redeliver(letter.event, target)
    if (outcome === undefined) return { letter, status: 'cancelled' }
    if (outcome.status === 'handled') this.#forget(letter.id)
    return { letter, status: outcome.status, error: outcome.error }
  }

  async #reroute(letter: DeadLetter): Promise<Redriven> {
    try {
      const isRouted = await this.#parts.reroute(letter)
      if (isRouted) this.#forget(letter.id)
      return { letter, status: isRouted ? 'handled' : 'handler-gone' }
    } catch (error) {
      this.add(letter.event, 'invalid', error) // it fits no better than before
      return { letter, status: 'failed', error }
    }
  }

  /** The subscription itself while it lasts, for names need not be unique; else one that has taken over its name. */
  #targetOf({ letter, subscription }: Entry): Subscriber | undefined {
    if (subscription !== undefined && !subscription.closed) return subscription
    return letter.handler === undefined ? undefined : this.#parts.find(letter.handler, letter.event)
  }
}

function checkRate(rate: number): number {
  checkOption('rate', rate, (letters) => Number.isFinite(letters) && letters > 0, 'must be above 0')
  return rate
}
