import {
  type AnyDefinition,
  type Bus,
  type BusEvent,
  type BusOptions,
  type Checked,
  createBus,
  type EventFor,
  matches,
  type PatternLike,
} from '@heliobus/core'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { settle } from './settle.ts'

/** What a bus is made of; the clock is a manual one. */
export interface TestBusOptions<D extends AnyDefinition = AnyDefinition> extends Omit<
  BusOptions<D>,
  'clock'
> {
  /** Where the clock starts, in epoch ms. Default 2000-01-01. */
  readonly now?: number
}

/** A bus whose time passes only when it is told to, and that keeps everything that was published. May be taken apart. */
export interface TestBus<D extends AnyDefinition = AnyDefinition> {
  readonly bus: Bus<D>
  readonly clock: ManualClock
  /**
   * Lets `ms` pass without waiting for them: retries, timeouts and whatever else takes its time from the bus's clock go on,
   * each at its own time, and what awaits them goes on in between.
   */
  readonly advance: (ms: number) => Promise<void>
  /** Lets go on what needs no time: handlers that await promises finish, unless they wait for something from outside. */
  readonly settle: () => Promise<void>
  /** Everything that was published on the bus or arrived over a bridge, oldest first. Throws `pattern-invalid`. */
  readonly published: <const P extends PatternLike = '**'>(pattern?: Checked<D, P>) => EventFor<D, P>[]
}

/**
 * A bus for a test. It is in development unless told otherwise, so that a handler which changes an event fails.
 *
 * @example
 * const test = createTestBus({ catalog })
 * test.bus.publish('order.paid', { total: 12 })
 * await test.advance(1_000) // the first retry
 * expect(test.published('mail.*')).toHaveLength(1)
 */
export function createTestBus<D extends AnyDefinition = AnyDefinition>({
  now,
  ...options
}: TestBusOptions<D> = {}): TestBus<D> {
  const clock = createManualClock(now)
  const bus = createBus<D>({ development: true, ...options, clock })
  const events: BusEvent[] = []
  bus.tap$.subscribe((signal) => signal.type === 'published' && events.push(signal.event))
  return {
    bus,
    clock,
    settle,
    advance: (ms) => advance(clock, ms),
    published<P extends PatternLike>(pattern: PatternLike = '**') {
      const wanted = typeof pattern === 'string' ? pattern : pattern.type
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the pattern says which events are left
      return events.filter(({ type }) => matches(wanted, type)) as EventFor<D, P>[]
    },
  }
}

/** From one timer to the next, for what a timer sets going may set another. */
async function advance(clock: ManualClock, ms: number): Promise<void> {
  const end = clock.elapsed() + ms
  await settle()
  while (clock.next !== undefined && clock.elapsed() + clock.next <= end) {
    clock.advance(clock.next)
    await settle()
  }
  clock.advance(end - clock.elapsed())
}
