import type { AnyBus, BusEvent, Clock, PublishOptions } from '@heliobus/core'

/** A recorded flow of events: plain JSON, to be kept in a file. */
export interface Fixture {
  readonly version: 1
  /** In the order in which they were published. */
  readonly events: readonly FixtureEvent[]
}

export interface FixtureEvent {
  /** ms after the recording began. */
  readonly at: number
  readonly type: string
  readonly data: unknown
  readonly subject?: string
  readonly userId?: string
  /** The place in the fixture of the event whose handling led to this one. */
  readonly causedBy?: number
}

/** A recording that goes on. */
export interface FixtureRecording {
  /** What was published so far. Throws a `TypeError` for data that is no JSON. */
  fixture(): Fixture
  /** Ends the recording; twice is fine. */
  stop(): Fixture
}

export interface ReplayOptions {
  /** Waits between events as long as was waited then, by the bus's clock. Default false: one right after the other. */
  readonly paced?: boolean
  /**
   * Publishes also what other events of the fixture caused. Set it to false on a bus whose handlers cause those anew.
   * Default true.
   */
  readonly effects?: boolean
}

/** What recording and replaying ask of a bus; every `Bus` fits. */
type Recorded = Pick<AnyBus, 'tap$' | 'inlet'>

/** Records what is published on a bus from now on. */
export function recordFixture({ tap$, inlet: { clock } }: Recorded): FixtureRecording {
  const begun = clock.elapsed()
  const taken: { readonly at: number; readonly event: BusEvent }[] = []
  const listening = tap$.subscribe((signal) => {
    if (signal.type === 'published') taken.push({ at: clock.elapsed() - begun, event: signal.event })
  })
  const fixture = (): Fixture => {
    const places = new Map(taken.map(({ event }, place) => [event.id, place]))
    return { version: 1, events: taken.map(({ at, event }) => entryOf(event, at, places)) }
  }
  return {
    fixture,
    stop() {
      listening.unsubscribe()
      return fixture()
    },
  }
}

function entryOf(event: BusEvent, at: number, places: ReadonlyMap<string, number>): FixtureEvent {
  const { type, subject, userId, causationId = '' } = event
  const causedBy = places.get(causationId)
  const data: unknown = JSON.parse(JSON.stringify(event.data) ?? 'null')
  return {
    at,
    type,
    data,
    ...(subject !== undefined && { subject }),
    ...(userId !== null && { userId }),
    ...(causedBy !== undefined && { causedBy }),
  }
}

/**
 * Publishes the events of a fixture in their order, with ids and times of their own and with the causes they had. Resolves
 * to the events. Rejects with what `publish` throws, and publishes no further then; with a `TypeError` for what is no
 * fixture.
 *
 * @example
 * const replayed = replayFixture(test.bus, fixture, { paced: true })
 * await test.advance(60_000)
 */
export async function replayFixture(
  bus: Recorded & { readonly publish: unknown },
  fixture: Fixture,
  { paced = false, effects = true }: ReplayOptions = {},
): Promise<readonly BusEvent[]> {
  check(fixture)
  const { clock } = bus.inlet
  const begun = clock.elapsed()
  const made = new Map<number, BusEvent>()
  for (const [place, entry] of fixture.events.entries()) {
    if (entry.causedBy !== undefined && !effects) continue
    const ms = paced ? begun + entry.at - clock.elapsed() : 0
    if (ms > 0) await pause(clock, ms)
    made.set(place, publish(bus, entry, made))
  }
  return [...made.values()]
}

function check({ version, events }: Fixture): void {
  if (version !== 1 || !Array.isArray(events)) throw new TypeError('This is not a fixture')
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimeout(resolve, ms))
}

interface Untyped {
  publish(topic: string, data: unknown, options: PublishOptions): BusEvent
}

function publish(
  bus: { readonly publish: unknown },
  { type, data, subject, userId, causedBy = -1 }: FixtureEvent,
  made: ReadonlyMap<number, BusEvent>,
): BusEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its topics are known to the fixture, not to the compiler
  return (bus as Untyped).publish(type, data, { subject, userId, ...causeOf(made.get(causedBy)) })
}

function causeOf(cause: BusEvent | undefined): PublishOptions {
  return cause === undefined ? {} : { causationId: cause.id, correlationId: cause.correlationId }
}
