/* oxlint-disable vitest/no-standalone-expect -- the properties are run by tests below, and by mutants */
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type BusEvent, createBus, exponential, type Subscription } from '../src/index.ts'
import { Attempts } from '../src/attempts.ts'
import { Lane } from '../src/lane.ts'
import { Lanes } from '../src/lanes.ts'
import { LetterBox } from '../src/letter-box.ts'
import { HandlerSubscription } from '../src/subscription.ts'
import type { Task } from '../src/task.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

const HANDLERS = 3
const ATTEMPTS = 3

interface Publish {
  readonly kind: 'publish'
  readonly key: string
  /** Of each handler: how often it fails with this event. */
  readonly failures: readonly number[]
  readonly isAsync: boolean
  /** A handler publishes one more of the same key. */
  readonly nested: boolean
}

type Command =
  | Publish
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'settle' }
  | { readonly kind: 'unsubscribe'; readonly handler: number }

const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('publish' as const),
        key: fc.constantFrom('x', 'y', 'z'),
        failures: fc.array(fc.nat(ATTEMPTS + 1), { minLength: HANDLERS, maxLength: HANDLERS }),
        isAsync: fc.boolean(),
        nested: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 90 }) }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'settle' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), handler: fc.nat(HANDLERS - 1) }),
    },
  ),
  { maxLength: 40 },
)

/** Runs the commands on a bus, and notes what each handler saw. */
async function play(script: readonly Command[]) {
  const clock = manualTime()
  const bus = createBus({ clock, logger: recordingLogger('silent'), history: { capacity: 10_000 } })
  const calls: { handler: number; event: BusEvent; afterEnd: boolean; overlaps: boolean }[] = []
  const open = new Map<string, string>()
  const ended = new Set<number>()
  const published: { event: BusEvent; wanted: readonly number[] }[] = []
  let depth = 0

  const publish = (command: Publish): void => {
    const wanted = Array.from({ length: HANDLERS }, (_, index) => index).filter((index) => !ended.has(index))
    published.push({ event: bus.publish('a', command, { subject: command.key }), wanted })
  }
  const subscriptions: Subscription[] = Array.from({ length: HANDLERS }, (_, handler) =>
    bus.subscribe(
      'a',
      (event, { attempt }) => {
        const command = event.data as Publish
        const lane = `${handler} ${command.key}`
        const holder = open.get(lane)
        calls.push({
          handler,
          event,
          afterEnd: ended.has(handler),
          overlaps: holder !== undefined && holder !== event.id,
        })
        open.set(lane, event.id)
        const isLast = attempt > command.failures[handler]! || attempt === ATTEMPTS
        const end = (): void => {
          if (isLast) open.delete(lane)
          if (attempt <= command.failures[handler]!) throw new Error('no')
        }
        if (attempt === 1 && command.nested && handler === 0 && depth++ < 20)
          publish({ ...command, nested: false })
        return command.isAsync ? Promise.resolve().then(end) : end()
      },
      { name: `handler ${handler}`, retry: exponential({ attempts: ATTEMPTS, first: 20, random: () => 1 }) },
    ),
  )

  for (const command of script) {
    if (command.kind === 'publish') publish(command)
    else if (command.kind === 'settle') await microtasks()
    else if (command.kind === 'pass') {
      clock.advance(command.ms)
      await microtasks()
    } else {
      subscriptions[command.handler]!.unsubscribe()
      ended.add(command.handler)
      for (const key of ['x', 'y', 'z']) open.delete(`${command.handler} ${key}`)
    }
  }
  for (let round = 0; round < 200; round++) {
    clock.advance(1_000)
    await microtasks()
  }
  return { bus, calls, published, ended }
}

/** Of each event at each handler that was there when it was published: how it ended. */
async function outcomesOf({ bus, published }: Awaited<ReturnType<typeof play>>) {
  const letters = bus.deadLetters.list().map(({ id }) => id)
  const all: { handler: number; status: string; isBuried: boolean; isEnded: boolean }[] = []
  for (const { event, wanted } of published) {
    const settled = await Promise.race([bus.settled(event), microtasks().then(() => undefined)])
    for (const handler of wanted) {
      const name = `handler ${handler}`
      const outcomes = (settled?.outcomes ?? []).filter((outcome) => outcome.handler === name)
      all.push({
        handler,
        status: outcomes.map(({ status }) => status).join(),
        isBuried: letters.filter((id) => id === `${event.id}/${name}`).length === 1,
        isEnded: false,
      })
    }
  }
  return all
}

const properties = {
  'one key is handled in order, one event at a time, also while an earlier one is retried': async (
    script: readonly Command[],
  ) => {
    const { bus, calls } = await play(script)
    expect(calls.filter(({ overlaps }) => overlaps)).toEqual([])
    const order = bus
      .history('a')
      .map(({ id }) => id)
      .toReversed()
    for (let handler = 0; handler < HANDLERS; handler++)
      for (const key of ['x', 'y', 'z']) {
        const own = calls.filter((call) => call.handler === handler && call.event.subject === key)
        const places = own.map(({ event }) => order.indexOf(event.id))
        expect(places).toEqual(places.toSorted((a, b) => a - b))
      }
  },
  'no event is lost: each is handled or buried, exactly once per handler': async (
    script: readonly Command[],
  ) => {
    const played = await play(script)
    for (const { handler, status, isBuried } of await outcomesOf(played)) {
      const allowed = played.ended.has(handler)
        ? ['handled', 'failed', 'cancelled', '']
        : ['handled', 'failed']
      expect(allowed).toContain(status)
      expect(isBuried).toBe(status === 'failed')
    }
  },
  'nobody is called after unsubscribe': async (script: readonly Command[]) => {
    expect((await play(script)).calls.filter(({ afterEnd }) => afterEnd)).toEqual([])
  },
} as const

type PropertyName = keyof typeof properties

const check = (name: PropertyName): Promise<void> =>
  fc.assert(fc.asyncProperty(commands, properties[name]), { numRuns: 150 })

describe('whatever is published, fails, publishes and ends', () => {
  it.each(Object.keys(properties) as PropertyName[])('%s', (name) => check(name))
})

/** Each breaks one mechanism; the property that it is there for must notice. */
const mutants: readonly (readonly [string, PropertyName, () => void])[] = [
  [
    'lanes let everybody pass',
    'one key is handled in order, one event at a time, also while an earlier one is retried',
    () => void vi.spyOn(Lanes.prototype, 'isFree').mockReturnValue(true),
  ],
  [
    'a handler with something left is called unseen',
    'one key is handled in order, one event at a time, also while an earlier one is retried',
    () => void vi.spyOn(HandlerSubscription.prototype, 'pause').mockReturnValue(undefined),
  ],
  [
    'a lane is left while its task sleeps',
    'one key is handled in order, one event at a time, also while an earlier one is retried',
    () => {
      const rest = Lanes.prototype.rest
      vi.spyOn(Lanes.prototype, 'rest').mockImplementation(function (this: Lanes, task) {
        rest.call(this, task)
        this.done(task)
      })
    },
  ],
  [
    'nothing is buried',
    'no event is lost: each is handled or buried, exactly once per handler',
    () => void vi.spyOn(LetterBox.prototype, 'bury').mockReturnValue(undefined),
  ],
  [
    'who sleeps never wakes',
    'no event is lost: each is handled or buried, exactly once per handler',
    () => void vi.spyOn(Lanes.prototype, 'wake').mockReturnValue(undefined),
  ],
  [
    'who waits is forgotten when the one before is done',
    'no event is lost: each is handled or buried, exactly once per handler',
    () => {
      vi.spyOn(Lane.prototype, 'passOn').mockImplementation(function (this: Lane<Task>) {
        this.holder = undefined
        return undefined
      })
    },
  ],
  [
    'retries go on after the end',
    'nobody is called after unsubscribe',
    () => {
      vi.spyOn(Attempts.prototype, 'cancel').mockReturnValue(undefined)
      vi.spyOn(HandlerSubscription.prototype, 'ended', 'get').mockReturnValue(false)
    },
  ],
]

describe('each property notices when its mechanism is broken', () => {
  afterEach(() => vi.restoreAllMocks())
  it.each(mutants)('%s', async (_name, property, mutate) => {
    mutate()
    await expect(check(property)).rejects.toThrow('Property failed')
  })
})
