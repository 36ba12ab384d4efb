import { expect, it } from 'vitest'
import { bytesInUse } from '../../testing/test/heap.ts'
import { createBus, exponential } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

const MB = 1_000_000

const quiet = { logger: recordingLogger('silent') }

it('a million events, one in a hundred of which fails: each is handled or buried, and the heap stays flat', async () => {
  const EVENTS = 1_000_000
  const bus = createBus(quiet)
  const calls = { sync: 0, async: 0, keyed: 0 }
  const failOneInHundred = (data: unknown, offset: number): void => {
    if (Number(data) % 100 === offset) throw new Error(`no ${String(data)}`)
  }
  bus.subscribe('load.**', ({ data }) => (calls.sync++, failOneInHundred(data, 0)), {
    name: 'sync',
    retry: false,
  })
  bus.subscribe('load.*', async ({ data }) => (calls.async++, failOneInHundred(data, 1)), {
    name: 'async',
    retry: false,
    order: 'parallel',
  })
  bus.subscribe('load.tick', async ({ data }) => (calls.keyed++, failOneInHundred(data, 2)), {
    name: 'keyed',
    retry: false,
  })

  const publish = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n++) {
      bus.publish('load.tick', n, { subject: `${n % 50}` })
      if (n % 1_000 === 999) await bus.drain()
    }
    await bus.drain()
  }
  await publish(0, EVENTS / 10) // history, letters and lanes have their size now
  const before = bytesInUse()
  await publish(EVENTS / 10, EVENTS)
  const growth = bytesInUse() - before

  const { published, delivered, buried, failures, dropped } = bus.stats()
  expect(published).toBe(EVENTS)
  expect(calls).toEqual({ sync: EVENTS, async: EVENTS, keyed: EVENTS })
  expect(delivered + buried).toBe(EVENTS * 3)
  expect(buried).toBe((EVENTS / 100) * 3)
  expect(failures).toBe(buried)
  expect(bus.deadLetters.size + dropped.deadLetters).toBe(buried)
  expect(
    bus
      .subscriptions()
      .map(({ name, delivered: done, buried: lost, pending }) => [name, done, lost, pending]),
  ).toEqual([
    ['sync', EVENTS * 0.99, EVENTS * 0.01, 0],
    ['async', EVENTS * 0.99, EVENTS * 0.01, 0],
    ['keyed', EVENTS * 0.99, EVENTS * 0.01, 0],
  ])
  expect(growth).toBeLessThan(2 * MB)
}, 60_000)

it('20,000 events that are all retried and then handled leave nothing behind', async () => {
  const EVENTS = 20_000
  const clock = manualTime()
  const bus = createBus({ ...quiet, clock, history: { capacity: 100 } })
  const retry = exponential({ attempts: 3, first: 10, random: () => 1 })
  const handler = (_event: unknown, { attempt }: { readonly attempt: number }): void => {
    if (attempt === 1) throw new Error('no')
  }
  bus.subscribe('a', handler, { retry })
  const round = async (): Promise<void> => {
    for (let n = 0; n < EVENTS / 10; n++) bus.publish('a', n)
    clock.advance(10)
    await microtasks()
  }
  await round()
  const before = bytesInUse()
  for (let n = 1; n < 10; n++) await round()
  expect(bytesInUse() - before).toBeLessThan(1 * MB)
  expect(clock.timers).toBe(0)
  expect(bus.stats()).toMatchObject({ published: EVENTS, delivered: EVENTS, failures: EVENTS, buried: 0 })
  expect(bus.subscriptions()[0]).toMatchObject({ pending: 0, delivered: EVENTS })
}, 60_000)
