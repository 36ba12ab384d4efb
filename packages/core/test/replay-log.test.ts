import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  bridge,
  type BusEvent,
  createBus,
  createMemoryLog,
  createMemoryMesh,
  defineCatalog,
  defineEvent,
  type EventLog,
  type HandlerContext,
  record,
  replay,
  type ReplayProgress,
} from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { dataIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'

const START = 500_000

/** A log with numbered events, a second apart; `change` says what else tells them apart. */
async function logOf(
  count: number,
  change: (n: number) => Partial<BusEvent> = () => ({}),
): Promise<EventLog> {
  const log = createMemoryLog()
  const event = createBus({ source: 'then' }).publish('a', 0)
  await log.append(
    Array.from({ length: count }, (_, n) => ({
      ...event,
      id: `e${n}`,
      time: START + n * 1_000,
      data: n,
      ...change(n),
    })),
  )
  return log
}

describe('a replay', () => {
  it('gives handlers the events as they were, in their order, and says that they come again', async () => {
    const log = await logOf(3, () => ({
      subject: 's',
      userId: 'u',
      correlationId: 'flow',
      traceparent: '00-1-2-01',
    }))
    const bus = createBus()
    const seen: (readonly [event: BusEvent, context: boolean])[] = []
    bus.subscribe('a', (event, { isReplay }: HandlerContext) => seen.push([event, isReplay]))
    await replay(log, bus).done
    expect(seen.map(([, isReplay]) => isReplay)).toEqual([true, true, true])
    expect(seen.map(([event]) => event)).toMatchObject(
      [0, 1, 2].map((n) => ({
        id: `e${n}`,
        time: START + n * 1_000,
        source: 'then',
        data: n,
        subject: 's',
        userId: 'u',
        correlationId: 'flow',
        traceparent: '00-1-2-01',
      })),
    )
  })

  it('brings back what the query asks for', async () => {
    const log = await logOf(6, (n) => ({ type: n % 2 ? 'odd' : 'even' }))
    const bus = createBus()
    const seen: unknown[] = []
    bus.subscribe('**', ({ data }) => seen.push(data))
    await replay(log, bus, { pattern: 'odd', from: START + 2_000 }).done
    expect(seen).toEqual([3, 5])
  })

  it('passes handlers that refuse it', async () => {
    const log = await logOf(3)
    const bus = createBus()
    const [willing, refusing] = [vi.fn(), vi.fn()]
    bus.subscribe('a', willing)
    bus.subscribe('a', refusing, { replay: false })
    await replay(log, bus).done
    expect(willing).toHaveBeenCalledTimes(3)
    expect(refusing).not.toHaveBeenCalled()
    bus.publish('a', 1)
    expect(refusing).toHaveBeenCalledOnce()
  })

  it('never leaves over a bridge, is not recorded again, and counts as nothing new', async () => {
    const log = await logOf(3)
    const { bus, told } = tappedBus()
    const other = createBus({ source: 'other' })
    const mesh = createMemoryMesh()
    await bridge(bus, mesh, { relay: true })
    await bridge(other, mesh)
    const copy = createMemoryLog()
    const recording = record(bus, copy)
    const there = vi.fn()
    other.subscribe('**', there)
    bus.subscribe('a', () => undefined)
    await replay(log, bus).done
    await turn()
    await recording.flush()
    expect(there).not.toHaveBeenCalled()
    expect(await copy.count()).toBe(0)
    expect(told('published')).toEqual([])
    expect(bus.history()).toEqual([])
    expect(bus.stats()).toMatchObject({ published: 0, delivered: 3 })
  })

  it('what handlers publish meanwhile is new, and knows its cause', async () => {
    const log = await logOf(1)
    const bus = createBus()
    bus.subscribe('a', (_event, { publish }) => void publish('effect', 1))
    const effect = bus.waitFor('effect')
    await replay(log, bus).done
    expect(await effect).toMatchObject({ causationId: 'e0', correlationId: expect.any(String) })
    expect(bus.stats().published).toBe(1)
  })

  it('waits for handlers; what fails is retried and buried like any', async () => {
    const log = await logOf(2)
    const { bus, pass } = tappedBus()
    bus.subscribe(
      'a',
      async ({ data }) => {
        await Promise.resolve()
        if (data === 1) throw new Error('no')
      },
      { name: 'picky', retry: { attempts: 2, delay: () => 100 } },
    )
    const done = vi.fn()
    const replaying = replay(log, bus)
    void replaying.done.then(done)
    await pass(99)
    expect(done).not.toHaveBeenCalled()
    await pass(1)
    expect(await replaying.done).toMatchObject({ replayed: 2, failed: 1, refused: 0, isComplete: true })
    expect(bus.deadLetters.list()).toMatchObject([{ handler: 'picky', event: { id: 'e1' } }])
  })

  it('keeps the order of each key', async () => {
    const log = await logOf(40, (n) => ({ key: `k${n % 4}` }))
    const bus = createBus()
    const seen = new Map<string | undefined, unknown[]>()
    bus.subscribe('a', async ({ key, data }) => {
      await Promise.resolve()
      seen.set(key, [...(seen.get(key) ?? []), data])
    })
    await replay(log, bus).done
    for (let k = 0; k < 4; k++)
      expect(seen.get(`k${k}`)).toEqual(Array.from({ length: 10 }, (_, n) => n * 4 + k))
  })

  it('gives handlers no more at a time than it is told, so no queue runs over', async () => {
    const log = await logOf(50)
    const bus = createBus()
    let [open, most] = [0, 0]
    bus.subscribe('a', async () => {
      most = Math.max(most, ++open)
      await turn()
      open--
    })
    await replay(log, bus, {}, { concurrency: 7 }).done
    expect(most).toBe(7)
    expect(bus.deadLetters.size).toBe(0)
  })

  it('freezes events in development, like any', async () => {
    const log = await logOf(1, () => ({ data: { n: 1 } }))
    const bus = createBus({ development: true })
    const frozen: boolean[] = []
    bus.subscribe('a', (event) => frozen.push(Object.isFrozen(event), Object.isFrozen(event.data)))
    await replay(log, bus).done
    expect(frozen).toEqual([true, true])
  })
})

describe('what is replayed is checked', () => {
  const Scored = defineEvent('scored', { data: z.object({ score: z.number() }) })

  it('and refused, told and counted when the bus does not take it; the others go on', async () => {
    const log = await logOf(4, (n) => ({
      type: n === 1 ? 'unknown' : 'scored',
      data: n === 2 ? { score: 'high' } : { score: n, extra: true },
    }))
    const { bus, told } = tappedBus({ catalog: defineCatalog(Scored) })
    const seen: unknown[] = []
    bus.subscribe('scored', ({ data }) => seen.push(data))
    const progress = await replay(log, bus, {}, { name: 'morning' }).done
    expect(seen).toEqual([{ score: 0 }, { score: 3 }])
    expect(progress).toMatchObject({ replayed: 2, refused: 2, isComplete: true })
    expect(told('refused')).toMatchObject([
      { link: 'morning', error: { code: 'topic-unknown' } },
      { link: 'morning', error: { code: 'payload-invalid' } },
    ])
  })

  it('the topics of the bus itself are not replayed', async () => {
    const log = await logOf(1, () => ({ type: '$alert.raised' }))
    const bus = createBus()
    const handler = vi.fn()
    bus.subscribe('$alert.*', handler)
    expect(await replay(log, bus).done).toMatchObject({ refused: 1 })
    expect(handler).not.toHaveBeenCalled()
  })
})

describe('the pace of a replay', () => {
  it('is that of then, or so many times that', async () => {
    const log = await logOf(4)
    for (const [speed, step] of [
      [1, 1_000],
      [10, 100],
    ] as const) {
      const { bus, pass } = tappedBus()
      const seen: unknown[] = []
      bus.subscribe('a', ({ data }) => seen.push(data))
      const replaying = replay(log, bus, {}, { speed })
      await microtasks()
      expect(seen).toEqual([0])
      await pass(step - 1)
      expect(seen).toEqual([0])
      await pass(1)
      expect(seen).toEqual([0, 1])
      await pass(2 * step)
      await replaying.done
      expect(seen).toEqual([0, 1, 2, 3])
    }
  })

  it('does not wait for what was before the first, and not for what a clock put back', async () => {
    const log = await logOf(3, (n) => ({ time: START - n }))
    const { bus } = tappedBus()
    expect(await replay(log, bus, {}, { speed: 1 }).done).toMatchObject({ replayed: 3 })
  })

  it('waits longer than a timer can', async () => {
    const month = 31 * 86_400_000
    const log = await logOf(2, (n) => ({ time: START + n * month }))
    const { bus, pass, clock } = tappedBus()
    const replaying = replay(log, bus, {}, { speed: 1 })
    await pass(2 ** 31 - 1)
    await pass(month - 2 ** 31)
    expect(clock.timers).toBe(1)
    await pass(1)
    expect(await replaying.done).toMatchObject({ replayed: 2 })
  })

  it('at full speed others have their turn', async () => {
    const log = await logOf(10_000)
    const bus = createBus()
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    bus.subscribe('a', () => {
      const end = performance.now() + 0.005
      while (performance.now() < end);
    })
    await replay(log, bus).done
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})

describe('following a replay, and ending it', () => {
  const followed = (log: EventLog, bus = createBus(), options = {}) => {
    const replaying = replay(log, bus, {}, options)
    const told: ReplayProgress[] = []
    const ended = vi.fn()
    replaying.progress$.subscribe({ next: (one) => told.push(one), complete: ended, error: ended })
    return { ...replaying, told, ended }
  }

  it('the progress is told now and then, and completes', async () => {
    const { done, told, ended } = followed(await logOf(2_500))
    const last = await done
    expect(told[0]).toEqual({ replayed: 0, refused: 0, failed: 0, position: 0, time: 0, isComplete: false })
    expect(told.length).toBeGreaterThanOrEqual(4)
    expect(told.at(-1)).toEqual(last)
    expect(last).toEqual({
      replayed: 2_500,
      refused: 0,
      failed: 0,
      position: 2_500,
      time: START + 2_499_000,
      isComplete: true,
    })
    expect(ended).toHaveBeenCalledOnce()
  })

  it('a paced one tells it before every wait', async () => {
    const { bus, pass } = tappedBus()
    const { told, stop } = followed(await logOf(3), bus, { speed: 1 })
    await pass(1_000)
    expect(told.map(({ position }) => position)).toEqual([0, 1, 2])
    stop()
  })

  it('stop ends it at once, also while it waits or while a handler is at work', async () => {
    const log = await logOf(5)
    const { bus, clock, pass } = tappedBus()
    const handler = vi.fn(() => new Promise(() => undefined))
    bus.subscribe('a', handler)
    const [waiting, busy] = [replay(log, bus, {}, { speed: 1 }), replay(log, bus, {}, { concurrency: 1 })]
    await pass(0)
    waiting.stop()
    waiting.stop()
    busy.stop()
    expect(await waiting.done).toMatchObject({ position: 1, isComplete: false })
    expect(await busy.done).toMatchObject({ position: 1, isComplete: false })
    expect(handler).toHaveBeenCalledTimes(2)
    expect(clock.timers).toBe(0)
  })

  it('so does a signal; what is left can be replayed later', async () => {
    const log = await logOf(5)
    const bus = createBus()
    const controller = new AbortController()
    const seen: unknown[] = []
    bus.subscribe('a', ({ data }) => {
      seen.push(data)
      if (data === 1) controller.abort()
    })
    const { signal } = controller
    const { position, isComplete } = await replay(log, bus, {}, { signal }).done
    expect({ position, isComplete }).toEqual({ position: 2, isComplete: false })
    await replay(log, bus, { after: position }).done
    expect(seen).toEqual([0, 1, 2, 3, 4])
    expect(await replay(log, bus, {}, { signal }).done).toMatchObject({ replayed: 0, isComplete: false })
  })

  it('ends with the bus', async () => {
    const { bus, pass } = tappedBus()
    const { done, ended } = followed(await logOf(3), bus, { speed: 1 })
    await pass(0)
    await bus.close()
    await expect(done).rejects.toMatchObject({ code: 'bus-closed' })
    expect(ended).toHaveBeenCalledOnce()
    await expect(replay(await logOf(1), bus).done).rejects.toMatchObject({ code: 'bus-closed' })
  })

  it('what the log throws is what it rejects with, and nobody who does not care is bothered', async () => {
    const log = await logOf(3)
    await log.prune(Number.POSITIVE_INFINITY)
    const { done, ended } = followed(log)
    const replaying = replay(log, createBus(), { after: 1 })
    await expect(replaying.done).rejects.toMatchObject({ code: 'log-gap' })
    replay(log, createBus(), { pattern: 'a..b' }).stop()
    await done
    expect(ended).toHaveBeenCalledOnce()
    expect(await dataIn(log)).toEqual([])
  })

  it('options that make no sense are refused', async () => {
    const log = await logOf(1)
    expect(() => replay(log, createBus(), {}, { speed: 0 })).toThrow('speed must be above 0, not 0')
    expect(() => replay(log, createBus(), {}, { concurrency: 0 })).toThrow('concurrency must be')
  })
})
