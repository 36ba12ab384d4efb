import type { Clock } from './clock.ts'
import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { Policy, Predicate } from './policy.ts'
import type { Handler, Subscription } from './handler.ts'

/** Until when to wait, and for which of the matching events. */
export interface WaitOptions<E extends BusEvent = BusEvent> {
  /** ms; by default for ever. */
  readonly timeout?: number
  readonly signal?: AbortSignal
  readonly where?: Predicate<E>
}

/** What waiting needs of a bus. */
export interface WaitingPlace {
  readonly clock: Clock
  subscribe(handler: Handler, policy: Policy): Subscription
  /** Calls `run` when the bus closes, unless the returned function is called before. */
  whenClosed(run: (error: BusError) => void): () => void
}

/**
 * The first event that fits. Rejects with `wait-timeout`, with the signal's reason when aborted, with `bus-closed` when
 * the bus closes before. Leaves no subscription and no timer behind.
 */
export function waitFor(
  place: WaitingPlace,
  pattern: string,
  { timeout, signal, where }: WaitOptions,
): Promise<BusEvent> {
  return new Promise((resolve, reject) => {
    const ends: (() => void)[] = []
    const settle = (how: () => void): void => {
      for (const end of ends) end()
      how()
    }
    const fail = (error: unknown): void => settle(() => reject(error))
    const aborted = (): void => fail(signal?.reason)

    if (signal?.aborted === true) return aborted()
    const policy: Policy = { name: 'waitFor', ...(where !== undefined && { where }) }
    const subscription = place.subscribe((event) => settle(() => resolve(event)), policy)
    ends.push(() => subscription.unsubscribe(), place.whenClosed(fail))
    if (timeout !== undefined) {
      const timer = place.clock.setTimeout(
        () => fail(new BusError('wait-timeout', { pattern, ms: timeout })),
        timeout,
      )
      ends.push(() => place.clock.clearTimeout(timer))
    }
    signal?.addEventListener('abort', aborted)
    ends.push(() => signal?.removeEventListener('abort', aborted))
  })
}
