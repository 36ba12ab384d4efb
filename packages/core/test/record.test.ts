import { describe, expect, it, vi } from 'vitest'
import {
  bridge,
  BusError,
  type BusEvent,
  createBus,
  createMemoryLog,
  createMemoryMesh,
  exponential,
  record,
  type RecordOptions,
} from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { createProbe } from './probe-transport.ts'
import { createStubLog, dataIn, storedIn } from './stub-log.ts'
import { tappedBus } from './tapped-bus.ts'
import { turn } from './turn.ts'

/** Waits of 100, 200, 400 ms and so on. */
const retry = exponential({ first: 100, factor: 2, random: () => 1 })

function scene(options: RecordOptions = {}) {
  const tapped = tappedBus()
  const log = createStubLog()
  const recording = record(tapped.bus, log, { retry, retention: false, ...options })
  return { ...tapped, log, recording }
}

const failure = (): never => {
  throw new Error('no disk')
}

describe('what is recorded', () => {
  it('is every event, as it was published', async () => {
    const { bus, log, recording } = scene()
    const first = bus.publish('a.b', { n: 1 }, { subject: 's', userId: 'u' })
    const second = bus.publish('c', [2], { causationId: first.id, correlationId: first.correlationId })
    await recording.flush()
    expect(await storedIn(log)).toEqual([first, second])
    expect(recording).toMatchObject({ name: 'log', waiting: 0, stored: 2, dropped: 0 })
  })

  it('is what the patterns let through', async () => {
    const { bus, log, recording } = scene({ pattern: ['user.**', { type: 'order.paid' }] })
    for (const topic of ['user.created', 'order.paid', 'order.sent', 'user.deleted'])
      bus.publish(topic, topic)
    await recording.flush()
    expect(await dataIn(log)).toEqual(['user.created', 'order.paid', 'user.deleted'])
  })

  it('is also what comes over a bridge, under the id and time that it has', async () => {
    const { bus, log, recording } = scene()
    const other = createBus({ source: 'other' })
    const mesh = createMemoryMesh()
    await bridge(bus, mesh)
    await bridge(other, mesh)
    const event = other.publish('a', 1)
    await turn()
    await recording.flush()
    expect(await storedIn(log)).toEqual([event])
  })

  it('does not count as handled, and is not what others should send', async () => {
    const { bus, told } = scene()
    const patterns: unknown[] = []
    bus.inlet.interest$.subscribe((wanted) => patterns.push(wanted))
    bus.publish('a', 1)
    expect(told('unhandled')).toHaveLength(1)
    expect(bus.stats()).toMatchObject({ delivered: 0, unhandled: 1 })
    expect(patterns).toEqual([[]])
  })

  it('is not what is given to late subscribers once more', async () => {
    const { bus, log, recording } = scene()
    bus.publish('a', 1)
    await recording.flush()
    bus.subscribe('a', () => undefined, { replay: 'all' })
    await recording.flush()
    expect(log.appends).toEqual([[1]])
  })

  it('once, though two record into the same log', async () => {
    const { bus, log, recording } = scene()
    const second = record(bus, log, { retention: false })
    for (let n = 0; n < 10; n++) bus.publish('a', n)
    await Promise.all([recording.flush(), second.flush()])
    expect(await log.count()).toBe(10)
  })
})

describe('batches', () => {
  it('a publish does not wait for the log', () => {
    const { bus, log, recording } = scene({ batch: { size: 1 } })
    bus.publish('a', 1)
    expect(log.appends).toEqual([])
    expect(recording.waiting).toBe(1)
  })

  it('what comes within the wait goes together', async () => {
    const { bus, log, pass } = scene({ batch: { wait: 20 } })
    bus.publish('a', 1)
    await pass(19)
    bus.publish('a', 2)
    expect(log.appends).toEqual([])
    await pass(1)
    expect(log.appends).toEqual([[1, 2]])
    bus.publish('a', 3)
    await pass(20)
    expect(log.appends).toEqual([[1, 2], [3]])
  })

  it('a full batch waits for nothing', async () => {
    const { bus, log } = scene({ batch: { size: 2, wait: 1_000 } })
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    await microtasks()
    expect(log.appends).toEqual([[1, 2], [3, 4], [5]])
  })

  it('one is stored after the other', async () => {
    const { bus, log, recording } = scene({ batch: { size: 2 } })
    let store: (() => void) | undefined
    log.answer = () => new Promise((resolve) => (store = resolve))
    for (let n = 1; n <= 4; n++) bus.publish('a', n)
    await microtasks()
    expect(log.appends).toEqual([[1, 2]])
    expect(recording.waiting).toBe(4)
    store!()
    await microtasks()
    expect(log.appends).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(recording.waiting).toBe(2)
  })

  it('flush waits for what was published before it, and no longer', async () => {
    const { bus, log, recording } = scene({ batch: { size: 2 } })
    const stores: (() => void)[] = []
    log.answer = () => new Promise((resolve) => void stores.push(resolve))
    for (let n = 1; n <= 2; n++) bus.publish('a', n)
    const flushed = vi.fn()
    void recording.flush().then(flushed)
    for (let n = 3; n <= 4; n++) bus.publish('a', n)
    await microtasks()
    expect(flushed).not.toHaveBeenCalled()
    stores.shift()!()
    await microtasks()
    expect(flushed).toHaveBeenCalledOnce()
    expect(stores).toHaveLength(1)
  })
})

describe('a log that fails', () => {
  it('is asked again, with growing pauses, until it has taken everything', async () => {
    const { bus, log, recording, told, pass, logger } = scene()
    log.answer = failure
    bus.publish('a', 1)
    await pass(10)
    bus.publish('a', 2)
    await pass(100)
    log.answer = () => undefined
    await pass(200)
    await recording.flush()
    expect(log.appends).toEqual([[1], [1], [1], [2]])
    expect(await dataIn(log)).toEqual([1, 2])
    expect(told('log')).toMatchObject([
      {
        log: 'log',
        status: 'failed',
        waiting: 1,
        retryIn: 100,
        error: { code: 'log-failed', cause: { message: 'no disk' } },
      },
      { status: 'failed', waiting: 2, retryIn: 200 },
      { status: 'recovered' },
    ])
    expect(logger.entries.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'the log "log" failed; 1 events wait'],
      ['error', 'the log "log" failed; 2 events wait'],
    ])
    expect(recording).toMatchObject({ stored: 2, dropped: 0 })
  })

  it('its own codes are told as they are', async () => {
    const { bus, log, told, pass } = scene({ name: 'audit' })
    log.answer = () => {
      throw new BusError('log-full', { log: 'disk' })
    }
    bus.publish('a', 1)
    await pass(10)
    expect(told('log')).toMatchObject([{ log: 'audit', error: { code: 'log-full' } }])
  })

  it('an event that it can never hold is left out, told and counted, and the others are stored', async () => {
    const { bus, log, recording, told, logger } = scene()
    bus.publish('a', 1)
    const bad = bus.publish('a', { run: () => 1 }, { subject: 's' })
    bus.publish('a', 3)
    const worse = bus.publish('a', 4n)
    await recording.flush()
    expect(await dataIn(log)).toEqual([1, 3])
    expect(told('dropped')).toMatchObject([
      { event: bad, reason: 'unstorable', error: { code: 'log-unsupported', details: { path: 'data.run' } } },
      { event: worse, reason: 'unstorable', error: { code: 'log-unsupported', details: { path: 'data' } } },
    ])
    expect(logger.entries).toMatchObject([
      { level: 'error', message: 'an event is not recorded: its log cannot hold it', event: { id: bad.id } },
      { event: { id: worse.id } },
    ])
    expect(recording).toMatchObject({ stored: 2, dropped: 2, waiting: 0 })
  })

  it('that blames an event it was not given is treated as one that failed', async () => {
    const { bus, log, told, pass } = scene()
    log.answer = () => {
      throw new BusError('log-unsupported', { id: 'other', path: 'data', reason: 'no' })
    }
    bus.publish('a', 1)
    await pass(10)
    expect(told('log')).toMatchObject([{ status: 'failed', retryIn: 100 }])
  })
})

describe('more than can wait', () => {
  const full = (overflow: 'newest' | 'oldest') => {
    const all = scene({ backlog: { limit: 3, overflow }, batch: { size: 2 } })
    let store: (() => void) | undefined
    all.log.answer = () => new Promise((resolve) => (store = resolve))
    return { ...all, store: () => store!() }
  }

  it('what comes is left out, told and counted', async () => {
    const { bus, log, recording, told, store } = full('newest')
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    await microtasks()
    store()
    await microtasks()
    store()
    await recording.flush()
    expect(await dataIn(log)).toEqual([1, 2, 3])
    expect(recording).toMatchObject({ stored: 3, dropped: 2, waiting: 0 })
    expect(told('overflow')).toMatchObject([{ memory: 'backlog', capacity: 3 }])
    expect(told('dropped')).toMatchObject([
      { reason: 'backlog', event: { data: 4 } },
      { reason: 'backlog', event: { data: 5 } },
    ])
  })

  it('or what has waited longest, but not what is being stored', async () => {
    const { bus, log, recording, told, store } = full('oldest')
    for (let n = 1; n <= 2; n++) bus.publish('a', n)
    await microtasks() // the first two are being stored
    for (let n = 3; n <= 5; n++) bus.publish('a', n)
    expect(told('dropped').map(({ event }) => event.data)).toEqual([3, 4])
    store()
    await microtasks()
    store()
    await recording.flush()
    expect(await dataIn(log)).toEqual([1, 2, 5])
  })

  it('nothing is taken back while all of it is being stored', async () => {
    const { bus, recording, told } = full('oldest')
    for (let n = 1; n <= 2; n++) bus.publish('a', n)
    await microtasks()
    bus.publish('a', 3)
    void recording.flush()
    for (let n = 4; n <= 6; n++) bus.publish('a', n)
    expect(told('dropped').map(({ event }) => event.data)).toEqual([3, 4, 5])
  })

  it('flush does not wait for what was left out', async () => {
    const { bus, recording, store } = full('oldest')
    for (let n = 1; n <= 3; n++) bus.publish('a', n)
    const flushed = vi.fn()
    void recording.flush().then(flushed)
    for (let n = 4; n <= 9; n++) bus.publish('a', n)
    await microtasks()
    store()
    await microtasks()
    store()
    await microtasks()
    expect(flushed).toHaveBeenCalledOnce()
  })
})

describe('the end', () => {
  it('bus.close waits until everything is stored', async () => {
    const { bus, log } = scene()
    bus.subscribe('a', () => void bus.publish('b', 'effect'))
    bus.publish('a', 'cause')
    await bus.close()
    expect(await dataIn(log)).toEqual(['cause', 'effect'])
  })

  it('what a handler publishes while the recording closes is still recorded when its turn has come', async () => {
    const { bus, log, recording } = scene()
    let closed: Promise<void> | undefined
    bus.subscribe('a', () => {
      bus.publish('b', 'in time')
      closed = recording.close()
    })
    bus.publish('a', 'first')
    await closed
    bus.publish('a', 'too late')
    await microtasks()
    expect(await dataIn(log)).toEqual(['first', 'in time'])
  })

  it('closing makes the next try at once, and lets the log open', async () => {
    const { bus, log, recording, pass } = scene()
    log.answer = failure
    bus.publish('a', 1)
    await pass(10)
    log.answer = () => undefined
    await recording.close()
    expect(await dataIn(log)).toEqual([1])
  })

  it('closing twice is fine', async () => {
    const { bus, recording } = scene()
    await recording.close()
    await recording.close()
    await bus.close()
  })

  it('what the log does not take in time is dropped, and told', async () => {
    const { bus, log, recording, told, pass, clock } = scene()
    log.answer = failure
    bus.publish('a', 1)
    const closing = recording.close({ timeout: 250 })
    await pass(100)
    await pass(149)
    expect(told('dropped')).toEqual([])
    await pass(1)
    await closing
    expect(log.appends.length).toBe(2)
    expect(told('dropped')).toMatchObject([{ reason: 'unrecorded', event: { data: 1 } }])
    expect(recording).toMatchObject({ stored: 0, dropped: 1, waiting: 0 })
    expect(clock.timers).toBe(0)
  })

  it('a log that never answers does not hold up the bus for ever', async () => {
    const { bus, log, told, pass } = scene()
    log.answer = () => new Promise(() => undefined)
    bus.publish('a', 1)
    await pass(10)
    const closing = bus.close()
    await pass(5_000)
    await closing
    expect(told('dropped')).toMatchObject([{ reason: 'unrecorded' }])
  })
})

describe('a transport that acknowledges', () => {
  it('hears that an event has settled only when it is stored', async () => {
    const { bus, log, pass } = scene()
    const probe = createProbe({ acknowledges: true })
    await bridge(bus, probe)
    const other = createBus()
    const sent = createProbe()
    await bridge(other, sent)
    other.publish('a', 1)
    await microtasks()
    log.answer = failure
    const settled = vi.fn()
    void Promise.resolve(probe.port.receive(sent.sent[0]![0])).then(settled)
    await pass(10)
    await pass(50)
    expect(settled).not.toHaveBeenCalled()
    log.answer = () => undefined
    await pass(50)
    expect(settled).toHaveBeenCalledOnce()
    expect(await log.count()).toBe(1)
  })
})

describe('retention', () => {
  const DAY = 86_400_000

  it('looks soon after the start and then every hour, for what is older than seven days', async () => {
    const { log, clock, pass } = scene({ retention: {} })
    await pass(1_000)
    expect(log.prunes).toEqual([[clock.now() - 7 * DAY, Number.POSITIVE_INFINITY]])
    await pass(DAY / 24)
    expect(log.prunes).toHaveLength(2)
  })

  it('removes what is too old, and tells how many', async () => {
    const { bus, log, recording, told, pass } = scene({ retention: { age: 5_000, every: 1_000 } })
    for (let n = 0; n < 8; n++) {
      bus.publish('a', n)
      await recording.flush()
      await pass(1_000)
    }
    expect(await dataIn(log)).toEqual([3, 4, 5, 6, 7])
    expect(told('log')).toMatchObject([
      { status: 'pruned', removed: 1 },
      { status: 'pruned', removed: 1 },
      { status: 'pruned', removed: 1 },
    ])
  })

  it('by number it looks as soon as a tenth too many may be there', async () => {
    const { bus, log, recording } = scene({ retention: { keep: 100 }, batch: { size: 5 } })
    for (let n = 0; n < 500; n++) {
      bus.publish('a', n)
      if (n % 5 === 4) await recording.flush()
    }
    await microtasks()
    const count = await log.count()
    expect(count).toBeGreaterThanOrEqual(100)
    expect(count).toBeLessThanOrEqual(115)
  })

  it('never runs twice at the same time, and ends with the recording', async () => {
    const { log, recording, pass, clock } = scene({ retention: { every: 1_000 } })
    let prune: (() => void) | undefined
    log.pruning = () => new Promise((resolve) => (prune = resolve))
    await pass(1_000)
    await pass(10_000)
    expect(log.prunes).toHaveLength(1)
    const closed = vi.fn()
    void recording.close().then(closed)
    await microtasks()
    expect(closed).not.toHaveBeenCalled()
    prune!()
    await microtasks()
    expect(closed).toHaveBeenCalledOnce()
    expect(clock.timers).toBe(0)
  })

  it('a failure is told, and the next hour is another chance', async () => {
    const { log, told, pass } = scene({ retention: { every: 1_000 } })
    log.pruning = failure
    await pass(1_000)
    expect(told('log')).toMatchObject([
      { status: 'failed', retryIn: undefined, error: { code: 'log-failed' } },
    ])
    log.pruning = () => undefined
    await pass(1_000)
    expect(log.prunes).toHaveLength(2)
  })
})

describe('options that make no sense are refused', () => {
  const bus = createBus()
  const cases: readonly (readonly [options: RecordOptions, message: string])[] = [
    [{ batch: { size: 0 } }, 'batch.size must be a whole number above 0, not 0'],
    [{ batch: { wait: -1 } }, 'batch.wait must be ms'],
    [{ backlog: { limit: 0.5 } }, 'backlog.limit must be'],
    [{ backlog: { overflow: 'all' as 'oldest' } }, 'backlog.overflow must be newest or oldest, not all'],
    [{ retention: { age: 0 } }, 'retention.age must be'],
    [{ retention: { keep: -1 } }, 'retention.keep must be'],
    [{ retention: { every: 0 } }, 'retention.every must be'],
    [{ pattern: 'a..b' }, '"a..b" is not a pattern'],
  ]
  it.each(cases)('%j', (options, message) => {
    expect(() => record(bus, createMemoryLog(), options)).toThrow(message)
  })

  it('and so is a bus that is closed', async () => {
    await bus.close()
    expect(() => record(bus, createMemoryLog())).toThrow('is closed')
  })
})

describe('a recording that was refused', () => {
  it('leaves nothing behind', () => {
    const { bus, clock } = tappedBus()
    expect(() => record(bus, createMemoryLog(), { pattern: ['a', 'b..c'] })).toThrow('b..c')
    expect(clock.timers).toBe(0)
    expect(bus.publish('a', 1) satisfies BusEvent).toBeDefined()
  })
})
