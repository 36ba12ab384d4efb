import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type BusEvent,
  createMemoryLog,
  type EventLog,
  exponential,
  record,
  type Signal,
} from '../src/index.ts'
import { Backlog } from '../src/backlog.ts'
import { microtasks } from './microtasks.ts'
import { storedIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'

/** How the log takes what is appended: at once; not at all; but its answer is lost; only when it is asked to go on. */
type Mood = 'well' | 'down' | 'mute' | 'slow'

interface Publish {
  readonly kind: 'publish'
  readonly count: number
  readonly isUnstorable: boolean
}

type Command =
  | Publish
  | { readonly kind: 'mood'; readonly mood: Mood }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'flush' }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('publish'),
      count: fc.integer({ min: 1, max: 6 }),
      isUnstorable: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mood'),
      mood: fc.constantFrom<Mood>('well', 'down', 'mute', 'slow'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.nat({ max: 500 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush') }) },
)

interface Settings {
  readonly size: number
  readonly limit: number
  readonly overflow: 'newest' | 'oldest'
  /** The log works again before the bus closes. */
  readonly endsWell: boolean
}

const settings: fc.Arbitrary<Settings> = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  limit: fc.integer({ min: 1, max: 12 }),
  overflow: fc.constantFrom('newest' as const, 'oldest' as const),
  endsWell: fc.boolean(),
})

/** A log with moods. */
function moodyLog() {
  const log = createMemoryLog()
  const waiting: (() => void)[] = []
  const moody = {
    mood: 'well' as Mood,
    async append(events: readonly BusEvent[]): Promise<void> {
      const { mood } = moody
      if (mood === 'slow') await new Promise<void>((resolve) => waiting.push(resolve))
      if (mood === 'down') throw new Error('down')
      await log.append(events)
      if (mood === 'mute') throw new Error('the answer was lost')
    },
    prune: async () => 0,
    read: () => log.read(),
    count: () => log.count(),
    close: () => log.close(),
    /** Lets those go on that are slow. */
    go: () => waiting.splice(0).forEach((resolve) => resolve()),
  }
  return moody
}

type Break = (log: EventLog) => EventLog
const whole: Break = (log) => log

async function play(
  script: readonly Command[],
  { size, limit, overflow, endsWell }: Settings,
  change: Break,
) {
  const { bus, pass, told } = tappedBus({ history: { capacity: 1 } })
  const log = moodyLog()
  const recording = record(bus, change(log), {
    batch: { size },
    backlog: { limit, overflow },
    retry: exponential({ first: 50, random: () => 1 }),
  })
  const published: BusEvent[] = []
  const publish = ({ count, isUnstorable }: Publish): void => {
    for (let n = 0; n < count; n++) published.push(bus.publish('a', isUnstorable && n === 1 ? 1n : n))
  }
  for (const one of script) {
    if (one.kind === 'publish') publish(one)
    else if (one.kind === 'mood') log.mood = one.mood
    else if (one.kind === 'pass') await pass(one.ms)
    else void recording.flush()
    if (log.mood !== 'slow') log.go()
  }
  if (endsWell) log.mood = 'well'
  log.go()
  const closed = bus.close()
  for (let n = 0; n < 60; n++) await pass(100)
  await closed
  await microtasks()
  return { published, recording, stored: await storedIn(log), dropped: told('dropped') }
}

type Dropped = Extract<Signal, { type: 'dropped' }>

/** Every event is in the log once, in its order, or was told to be left out; and nothing else. */
async function nothingIsLost(change: Break): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 25 }), settings, async (script, options) => {
      const { published, recording, stored, dropped } = await play(script, options, change)
      const idsOf = (events: readonly BusEvent[]): string[] => events.map(({ id }) => id)
      const left = (reason: Dropped['reason']): string[] =>
        idsOf(dropped.filter((signal) => signal.reason === reason).map(({ event }) => event))
      const kept = new Set(idsOf(stored))
      expect(idsOf(stored)).toEqual(idsOf(published).filter((id) => kept.has(id)))
      const gone = [...left('backlog'), ...left('unstorable')]
      expect(gone.filter((id) => kept.has(id))).toEqual([])
      const told = new Set([...kept, ...gone, ...left('unrecorded')])
      expect(idsOf(published).filter((id) => !told.has(id))).toEqual([])
      expect(recording.dropped).toBe(dropped.length)
      expect(recording.waiting).toBe(0)
      if (options.endsWell) expect(left('unrecorded')).toEqual([])
    }),
    { numRuns: 150 },
  )
}

afterEach(() => void vi.restoreAllMocks())

it('whatever the log does, each event is stored once or told to be left out', async () => {
  await nothingIsLost(whole)
}, 60_000)

describe('the property fails when', () => {
  it('a failure is not tried again', async () => {
    const careless: Break = (log) => ({
      ...log,
      append: (events) =>
        log.append(events).catch((error: Error) => {
          if (error.message !== 'down') throw error
        }),
    })
    await expect(nothingIsLost(careless)).rejects.toThrow('Property failed')
  }, 60_000)

  it('an event counts as stored before it is', async () => {
    const hasty: Break = (log) => ({
      ...log,
      append: async (events) => void log.append(events).catch(() => undefined),
    })
    await expect(nothingIsLost(hasty)).rejects.toThrow('Property failed')
  }, 60_000)

  it('what has no place is left out without a word', async () => {
    const { add } = Backlog.prototype
    vi.spyOn(Backlog.prototype, 'add').mockImplementation(function (this: Backlog, event) {
      add.call(this, event)
      return undefined
    })
    await expect(nothingIsLost(whole)).rejects.toThrow('Property failed')
  }, 60_000)

  it('a part of what was taken from the backlog is not appended', async () => {
    const { take } = Backlog.prototype
    vi.spyOn(Backlog.prototype, 'take').mockImplementation(function (this: Backlog, count) {
      return take.call(this, count).slice(0, 4)
    })
    await expect(nothingIsLost(whole)).rejects.toThrow('Property failed')
  }, 60_000)
})
