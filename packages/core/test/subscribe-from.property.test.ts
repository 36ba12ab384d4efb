import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryLog, type EventLog, type LogEntry, record, subscribeFrom } from '../src/index.ts'
import { CatchUp } from '../src/catch-up.ts'
import { tappedBus } from './tapped-bus.ts'

type Command =
  | { readonly kind: 'publish'; readonly count: number; readonly topic: 'a' | 'b' }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'turns'; readonly count: number }
  | { readonly kind: 'step' }
  | { readonly kind: 'fail' }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('publish'),
      count: fc.integer({ min: 1, max: 5 }),
      topic: fc.constantFrom('a' as const, 'a' as const, 'b' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.nat({ max: 20 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('turns'), count: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('step') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail') }) },
)

interface Settings {
  /** How many live events may wait. */
  readonly buffer: number
  readonly batch: number
  /** The handler takes its time: one event at a time, 5 ms each. */
  readonly isSlow: boolean
  /** Before which command somebody subscribes. */
  readonly joins: number
}

const settings: fc.Arbitrary<Settings> = fc.record({
  buffer: fc.integer({ min: 1, max: 8 }),
  batch: fc.integer({ min: 1, max: 5 }),
  isSlow: fc.boolean(),
  joins: fc.nat({ max: 30 }),
})

/** A log that takes a step, an entry read or a batch stored, when it is told to. */
function steppingLog() {
  const log = createMemoryLog()
  const waiting: (() => void)[] = []
  const stepping = {
    isSlow: true,
    fails: false,
    async append(events: Parameters<EventLog['append']>[0]): Promise<void> {
      await stepping.turn()
      await log.append(events)
    },
    async *read(query: Parameters<EventLog['read']>[0]): AsyncGenerator<LogEntry> {
      for await (const entry of log.read(query)) {
        await stepping.turn()
        if (stepping.fails) throw new Error(`no disk${String((stepping.fails = false))}`)
        yield entry
      }
    },
    turn: () => (stepping.isSlow ? new Promise<void>((resolve) => waiting.push(resolve)) : undefined),
    step: () => waiting.shift()?.(),
    count: () => log.count(),
    prune: async () => 0,
    close: () => log.close(),
  }
  return stepping
}

/** How the log is seen by the recording, and by who subscribes. */
type Break = (log: EventLog) => readonly [recorded: EventLog, followed: EventLog]
const whole: Break = (log) => [log, log]

function stage({ buffer, batch, isSlow }: Settings, change: Break) {
  const { bus, clock, pass } = tappedBus({ history: { capacity: 1 } })
  const log = steppingLog()
  const [recorded, followed] = change(log)
  record(bus, recorded, { batch: { size: batch }, retention: false })
  const published: string[] = []
  const seen: unknown[] = []
  const handle = ({ data }: { data: unknown }): Promise<void> | undefined => {
    seen.push(data)
    return isSlow ? new Promise((resolve) => void clock.setTimeout(resolve, 5)) : undefined
  }
  const publish = (topic: string): void => {
    const data = `${topic}${published.length}`
    published.push(data)
    bus.publish(topic, data)
  }
  const join = () => subscribeFrom(bus, followed, 'a', handle, { buffer, order: 'serial' })
  return { log, pass, publish, join, published, seen }
}

type Stage = ReturnType<typeof stage>

async function act({ publish, pass, log }: Stage, one: Command): Promise<void> {
  if (one.kind === 'publish') for (let n = 0; n < one.count; n++) publish(one.topic)
  else if (one.kind === 'pass') await pass(one.ms)
  else if (one.kind === 'turns') for (let n = 0; n < one.count; n++) await Promise.resolve()
  else if (one.kind === 'step') log.step()
  else log.fails = true
}

async function play(script: readonly Command[], options: Settings, change: Break) {
  const scene = stage(options, change)
  const { log, pass, publish, join, published, seen } = scene
  let following: ReturnType<Stage['join']> | undefined
  for (const [at, one] of script.entries()) {
    if (at === options.joins) following = join()
    await act(scene, one)
  }
  following ??= join()
  log.isSlow = false
  for (let n = 0; n < 100 && !following.isLive; n++) {
    log.step()
    await pass(1_000)
  }
  publish('a')
  for (let n = 0; n < 100; n++) await pass(5)
  return { wanted: published.filter((data) => data.startsWith('a')), seen }
}

async function eachComesOnce(change: Break): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30 }), settings, async (script, options) => {
      const { wanted, seen } = await play(script, options, change)
      expect(seen).toEqual(wanted)
    }),
    { numRuns: 200 },
  )
}

afterEach(() => void vi.restoreAllMocks())

it('whenever somebody subscribes, every event comes once and in order', async () => {
  await eachComesOnce(whole)
}, 60_000)

describe('the property fails when', () => {
  const fails = (change: Break) => expect(eachComesOnce(change)).rejects.toThrow('Property failed')

  it('live events do not wait for the past', async () => {
    vi.spyOn(CatchUp.prototype, 'isFree').mockReturnValue(true)
    await fails(whole)
  }, 60_000)

  it('nobody sees that an event of the log has also waited', async () => {
    await fails((log) => {
      const renaming: EventLog = {
        ...log,
        async *read(query) {
          for await (const { position, event } of log.read(query))
            yield { position, event: { ...event, id: `${event.id} again` } }
        },
      }
      return [renaming, renaming]
    })
  }, 60_000)

  it('what was published before is not waited for', async () => {
    await fails((log) => [{ ...log }, log])
  }, 60_000)

  it('the log is not read again for what had no place', async () => {
    await fails((log) => {
      let reads = 0
      const read: EventLog['read'] = (query) => log.read(reads++ === 0 ? query : { ...query, limit: 0 })
      const once = { ...log, read }
      return [once, once]
    })
  }, 60_000)
})
