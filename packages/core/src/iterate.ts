import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Handler, Subscription } from './subscription.ts'

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
 * nothing is missed in between; it ends with the loop, the signal or the bus.
 */
export function iterate(place: IteratingPlace, options: IterateOptions): AsyncIterableIterator<BusEvent> {
  const { signal, limit = 1_000, overflow = 'oldest' } = options
  if (!Number.isInteger(limit) || limit < 1) {
    throw new BusError('option-invalid', {
      option: 'limit',
      reason: `must be a whole number above 0, not ${limit}`,
    })
  }
  let queue: BusEvent[] = []
  let asked: Asked[] = []
  let ended = false
  let failure: BusError | undefined

  const end = (): void => {
    if (ended) return
    ended = true
    subscription.unsubscribe()
    forget()
    signal?.removeEventListener('abort', end)
    for (const { resolve } of asked) resolve({ done: true, value: undefined })
    asked = []
  }
  const makeRoom = (): boolean => {
    if (queue.length < limit) return true
    if (overflow === 'error') {
      failure = new BusError('iterator-overflow', { limit })
      end()
      return false
    }
    place.dropped(limit)
    if (overflow === 'oldest') queue.shift()
    return overflow === 'oldest'
  }
  const take = (event: BusEvent): void => {
    const waiting = asked.shift()
    if (waiting !== undefined) waiting.resolve({ done: false, value: event })
    else if (makeRoom()) queue.push(event)
  }
  const next = (): Promise<IteratorResult<BusEvent, undefined>> => {
    const event = queue.shift()
    if (event !== undefined) return Promise.resolve({ done: false, value: event })
    if (failure !== undefined) return Promise.reject(failure)
    if (ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => asked.push({ resolve }))
  }

  const subscription = place.subscribe(take)
  const forget = place.whenClosed(end)
  if (signal?.aborted === true) end()
  else signal?.addEventListener('abort', end)
  return {
    next,
    return: () => {
      queue = []
      end()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** A turn of the loop that waits for an event. */
interface Asked {
  resolve(result: IteratorResult<BusEvent, undefined>): void
}
