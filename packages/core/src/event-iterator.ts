import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Handler, Subscription } from './handler.ts'
import { checkOption, isCount } from './option.ts'

/** How far a loop may fall behind, and how it is ended. */
export interface IterateOptions {
  readonly signal?: AbortSignal
  /** Events that wait while the loop body runs. Default 1,000. */
  readonly limit?: number
  /** What a full queue does: drop the oldest event (default), drop the newest, or end the loop with `iterator-overflow`. */
  readonly overflow?: 'oldest' | 'newest' | 'error'
}

/** What iterating needs of a bus. */
export interface IteratingPlace {
  subscribe(handler: Handler): Subscription
  /** Calls `run` when the bus closes, unless the returned function is called before. */
  whenClosed(run: () => void): () => void
  /** An event was dropped because the loop is behind. */
  dropped(limit: number): void
}

/**
 * Events from now on, for `for await`. The subscription begins with this call, not with the first turn of the loop, so
 * nothing is missed in between; it ends with the loop, the signal or the bus. Throws `option-invalid`.
 */
export class EventIterator implements AsyncIterableIterator<BusEvent> {
  readonly #place: IteratingPlace
  readonly #limit: number
  readonly #overflow: IterateOptions['overflow']
  readonly #ends: (() => void)[] = []
  #queue: BusEvent[] = []
  #asked: ((result: IteratorResult<BusEvent, undefined>) => void)[] = []
  #failure: BusError | undefined
  #ended = false

  constructor(place: IteratingPlace, { signal, limit = 1_000, overflow = 'oldest' }: IterateOptions) {
    checkOption('limit', limit, isCount, 'must be a whole number above 0')
    this.#place = place
    this.#limit = limit
    this.#overflow = overflow
    const end = (): void => this.#end()
    const subscription = place.subscribe((event) => this.#take(event))
    this.#ends.push(() => subscription.unsubscribe(), place.whenClosed(end))
    if (signal === undefined) return
    this.#ends.push(() => signal.removeEventListener('abort', end))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end)
  }

  next(): Promise<IteratorResult<BusEvent, undefined>> {
    const event = this.#queue.shift()
    if (event !== undefined) return Promise.resolve({ done: false, value: event })
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => this.#asked.push(resolve))
  }

  return(): Promise<IteratorResult<BusEvent, undefined>> {
    this.#queue = []
    this.#end()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(event: BusEvent): void {
    const waiting = this.#asked.shift()
    if (waiting !== undefined) waiting({ done: false, value: event })
    else if (this.#queue.length < this.#limit) this.#queue.push(event)
    else this.#spill(event)
  }

  #spill(event: BusEvent): void {
    if (this.#overflow === 'error') {
      this.#failure = new BusError('iterator-overflow', { limit: this.#limit })
      this.#end()
      return
    }
    if (this.#overflow === 'oldest') {
      this.#queue.shift()
      this.#queue.push(event)
    }
    this.#place.dropped(this.#limit)
  }

  #end(): void {
    if (this.#ended) return
    this.#ended = true
    for (const end of this.#ends) end()
    for (const resolve of this.#asked) resolve({ done: true, value: undefined })
    this.#asked = []
  }
}
