import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  type BusEvent,
  createBus,
  createMemoryLog,
  defineCatalog,
  defineEvent,
  type EventLog,
  record,
  subscribeFrom,
  type SubscribeFromOptions,
} from '../src/index.ts'
import { storedIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'

/** A bus that is recorded, and somebody who notes what comes. */
function scene(options: Parameters<typeof createBus>[0] = {}) {
  const tapped = tappedBus(options)
  const log = createMemoryLog()
  const recording = record(tapped.bus, log, { retention: false })
  const seen: unknown[] = []
  const note = ({ data }: BusEvent): void => void seen.push(data)
  const follow = (own: SubscribeFromOptions = {}, from: EventLog = log) =>
    subscribeFrom(tapped.bus, from, '**', note, own)
  const publish = (...data: unknown[]): BusEvent[] => data.map((one) => tapped.bus.publish('a', one))
  return { ...tapped, log, recording, seen, follow, publish }
}

/** A log whose reading fails as often as there are errors. */
function failing(log: EventLog, errors: Error[]): EventLog {
  return {
    append: (events) => log.append(events),
    count: (query) => log.count(query),
    prune: (before, keep) => log.prune(before, keep),
    close: () => log.close(),
    async *read(query) {
      for await (const entry of log.read(query)) {
        yield entry
        const error = errors.shift()
        if (error !== undefined) throw error
      }
    },
  }
}

describe('a subscription from the past on', () => {
  it('gets what the log has, what came meanwhile, then what is published', async () => {
    const { bus, publish, recording, log } = scene()
    const past = publish(1, 2, 3)
    await recording.flush()
    const seen: [event: BusEvent, isReplay: boolean][] = []
    const following = subscribeFrom(bus, log, 'a', (event, { isReplay }) => void seen.push([event, isReplay]))
    const meanwhile = publish(4)
    expect(seen).toEqual([])
    expect(following.isLive).toBe(false)
    await following.live
    expect(following.isLive).toBe(true)
    const live = publish(5)
    expect(seen.map(([event]) => event)).toEqual([...past, ...meanwhile, ...live])
    expect(seen.map(([, isReplay]) => isReplay)).toEqual([true, true, true, true, false])
  })

  it('gets also what was published just before, and is not stored yet', async () => {
    const { publish, follow, seen } = scene()
    publish(1, 2)
    await follow().live
    expect(seen).toEqual([1, 2])
  })

  it('begins behind a position, or at a time', async () => {
    const { publish, follow, seen, clock } = scene()
    publish(1, 2)
    clock.advance(1_000)
    publish(3)
    await follow({ after: 1 }).live
    await follow({ from: clock.now() }).live
    expect(seen).toEqual([2, 3, 3])
  })

  it('gets what one of its patterns lets through', async () => {
    const { bus, log } = scene()
    const seen: string[] = []
    const note = ({ type }: BusEvent): void => void seen.push(type)
    for (const topic of ['a.b', 'c', 'd']) bus.publish(topic, 1)
    await subscribeFrom(bus, log, ['a.*', 'd'], note).live
    for (const topic of ['a.b', 'c', 'd']) bus.publish(topic, 1)
    expect(seen).toEqual(['a.b', 'd', 'a.b', 'd'])
  })

  it('is run by its policy: what fails is tried again, and one filter holds for past and present', async () => {
    const { bus, log, publish, pass, told } = scene()
    const calls: unknown[] = []
    publish(1, 2, 3)
    const following = subscribeFrom(
      bus,
      log,
      'a',
      ({ data }, { attempt }) => {
        calls.push([data, attempt])
        if (attempt === 1) throw new Error('no')
      },
      {
        name: 'odd',
        where: ({ data }) => Number(data) % 2 === 1,
        retry: { attempts: 2, delay: () => 10 },
      },
    )
    for (const ms of [0, 0, 10, 10]) await pass(ms)
    await following.live
    expect(calls).toEqual([
      [1, 1],
      [3, 1],
      [1, 2],
      [3, 2],
    ])
    publish(4, 5)
    expect(calls.slice(4)).toEqual([[5, 1]])
    expect(told('failed').map(({ subscription }) => subscription.name)).toEqual(['odd', 'odd', 'odd'])
  })

  it('is given no more than may wait for its handler', async () => {
    const { publish, follow, bus, pass } = scene()
    publish(...Array.from({ length: 20 }, (_, n) => n))
    let running = 0
    let most = 0
    const slow = async (): Promise<void> => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    }
    const following = subscribeFrom(bus, createMemoryLog(), 'a', slow, { order: 'serial' })
    await following.live
    const { live } = follow({ order: 'serial', queue: { limit: 2 } })
    await pass(0)
    await live
    expect(most).toBeLessThanOrEqual(1)
    expect(bus.deadLetters.size).toBe(0)
  })

  it('upgrades what the log has', async () => {
    const old = createBus()
    const log = createMemoryLog()
    await log.append([old.publish('user.created', 'Ada')])
    const catalog = defineCatalog(
      defineEvent('user.created', {
        version: 2,
        data: z.object({ name: z.string() }),
        upcast: { 1: (name) => ({ name }) },
      }),
    )
    const bus = createBus({ catalog })
    const seen: string[] = []
    await subscribeFrom(bus, log, 'user.*', ({ data }) => void seen.push(data.name)).live
    expect(seen).toEqual(['Ada'])
  })

  it('has what waited as it was published, not as the log masks it', async () => {
    const { publish, follow, seen, recording } = scene()
    const following = follow()
    publish({ password: 'x' })
    await recording.flush()
    await following.live
    expect(seen).toEqual([{ password: 'x' }])
  })

  it('ends with its first event when it is for one', async () => {
    const { publish, follow, seen, bus } = scene()
    publish(1, 2)
    const following = follow({ once: true })
    await following.live
    publish(3)
    expect(seen).toEqual([1])
    expect(following.closed).toBe(true)
    expect(bus.subscriptions().map(({ name }) => name)).toEqual(['record log'])
  })

  it('counts as somebody who takes events, also while it catches up', async () => {
    const { publish, follow, bus, told } = scene({ strict: true })
    const following = follow()
    publish(1)
    await following.live
    publish(2)
    expect(told('unhandled')).toEqual([])
    expect(bus.deadLetters.size).toBe(0)
  })

  it('is named as it says, and so is what holds events for it until it is live', async () => {
    const { follow, bus } = scene()
    const names = () => bus.subscriptions().map(({ name }) => name)
    const following = follow({ name: 'projection' })
    expect(names()).toEqual(['record log', 'projection (catching up)', 'projection'])
    await following.live
    expect(names()).toEqual(['record log', 'projection'])
  })

  it('takes a dead letter that is redriven while it catches up', async () => {
    const { bus, log, publish, pass } = scene()
    const calls: unknown[] = []
    publish(1)
    await pass(10)
    let fails = true
    const following = subscribeFrom(
      bus,
      failing(log, [new Error('no disk')]),
      'a',
      ({ data }) => {
        calls.push(data)
        if (fails) throw new Error('no')
      },
      { name: 'h', retry: false },
    )
    await pass(0)
    fails = false
    const [letter] = bus.deadLetters.list()
    await bus.deadLetters.redrive(letter!.id)
    expect(calls).toEqual([1, 1])
    expect(following.isLive).toBe(false)
    following.unsubscribe()
  })
})

describe('with more events than may wait', () => {
  it('reads on, and says so', async () => {
    const { publish, follow, seen, told } = scene()
    publish(1, 2)
    const following = follow({ buffer: 2, name: 'p' })
    publish(3, 4, 5, 6)
    await following.live
    publish(7)
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(told('log')).toMatchObject([{ log: 'p', status: 'behind', waiting: 2 }])
  })
})

describe('what comes over a bridge later than through the log', () => {
  it('does not come twice', async () => {
    const { bus, seen, follow } = scene()
    const event = createBus({ source: 'other' }).publish('a', 1)
    const shared = createMemoryLog()
    await shared.append([event])
    await follow({}, shared).live
    let arrived = 0
    bus.subscribe('a', () => void arrived++)
    void bus.inlet.accept({ ...event, hops: 1 }, 'late')
    expect(arrived).toBe(1)
    expect(seen).toEqual([1])
  })
})

describe('when the log fails', () => {
  it('goes on where it was, and each failure is told', async () => {
    const { publish, follow, seen, told, pass, log, recording } = scene()
    publish(1, 2, 3)
    await Promise.all([recording.flush(), pass(10)])
    const following = follow({ name: 'p' }, failing(log, [new Error('no disk'), new Error('still none')]))
    for (let n = 0; n < 10; n++) await pass(1_000)
    await following.live
    expect(seen).toEqual([1, 2, 3])
    expect(told('log')).toMatchObject([
      { log: 'p', status: 'failed', error: { code: 'log-failed' } },
      { log: 'p', status: 'failed', error: { code: 'log-failed' } },
    ])
  })

  it('for good, the subscription ends', async () => {
    const { follow, log, told } = scene()
    await log.close()
    const following = follow()
    await expect(following.live).rejects.toMatchObject({ code: 'log-closed' })
    expect(following.closed).toBe(true)
    expect(told('log')).toMatchObject([
      { status: 'failed', error: { code: 'log-closed' }, retryIn: undefined },
    ])
  })

  it('a gap ends it, unless it is accepted: then it is told', async () => {
    const { publish, follow, seen, told, log, recording, pass } = scene()
    publish(1, 2, 3)
    await Promise.all([recording.flush(), pass(10)])
    await log.prune(0, 1)
    const strict = follow({ after: 0, name: 'strict' })
    await expect(strict.live).rejects.toMatchObject({ code: 'log-gap' })
    expect(strict.closed).toBe(true)
    expect(seen).toEqual([])
    await follow({ after: 0, acceptGap: true, name: 'easy' }).live
    expect(seen).toEqual([3])
    expect(told('gap')).toMatchObject([{ link: 'easy', reason: expect.stringContaining('after position 0') }])
  })
})

describe('it ends', () => {
  it.each<[how: string, end: (controller: AbortController, unsubscribe: () => void) => void]>([
    ['with its signal', (controller) => controller.abort()],
    ['when it is unsubscribed', (_, unsubscribe) => unsubscribe()],
  ])('%s, although the log hangs', async (_, end) => {
    const { publish, follow, seen, bus, log } = scene()
    const hanging: EventLog = {
      ...failing(log, []),
      async *read(query) {
        await new Promise(() => undefined)
        yield* log.read(query)
      },
    }
    const controller = new AbortController()
    const following = follow({ signal: controller.signal }, hanging)
    publish(1)
    await turn()
    end(controller, following.unsubscribe)
    await following.live
    expect([following.closed, following.isLive]).toEqual([true, false])
    publish(2)
    expect(seen).toEqual([])
    expect(bus.subscriptions()).toHaveLength(1)
  })

  it('with its bus', async () => {
    const { bus, follow, pass } = scene()
    const following = follow()
    const closing = bus.close()
    await pass(10)
    await closing
    await expect(following.live).rejects.toMatchObject({ code: 'bus-closed' })
  })

  it('with its scope', async () => {
    const { bus, log, publish } = scene()
    publish(1)
    const scope = bus.scope('module')
    const seen: unknown[] = []
    const following = subscribeFrom(scope, log, 'a', ({ data }) => void seen.push(data))
    await scope.close()
    await following.live
    expect([following.closed, following.isLive]).toEqual([true, false])
    expect(seen).toEqual([])
    expect(await storedIn(log)).toHaveLength(1)
  })
})

it.each<[options: SubscribeFromOptions, message: string]>([
  [{ after: -1 }, 'after must be'],
  [{ from: Number.NaN }, 'from must be'],
  [{ buffer: 0 }, 'buffer must be'],
  [{ timeout: 0 }, 'timeout must be'],
])('refuses %j, and has subscribed nothing', (options, message) => {
  const { bus, follow } = scene()
  expect(() => follow(options)).toThrow(message)
  expect(bus.subscriptions()).toHaveLength(1)
})
