import { afterEach, describe, expect, it, vi } from 'vitest'
import { consoleLogger, createBus, type Logger, type Signal } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { recordingLogger } from './recording-logger.ts'

afterEach(() => vi.restoreAllMocks())

function tapped(bus: { readonly tap$: ReturnType<typeof createBus>['tap$'] }): Signal[] {
  const signals: Signal[] = []
  bus.tap$.subscribe((signal) => signals.push(signal))
  return signals
}

describe('the tap', () => {
  it('hears each step of an event, with times', async () => {
    const clock = manualTime(5_000)
    const bus = createBus({ clock, logger: recordingLogger('silent') })
    const signals = tapped(bus)
    const failure = new Error('no')
    bus.subscribe('a', () => undefined, { name: 'plain' })
    bus.subscribe('a', () => Promise.reject(failure), { name: 'failing', retry: false })
    const event = bus.publish('a', 1)
    bus.publish('b', 2)
    await bus.close()
    const told = signals.map((signal) => [
      signal.type,
      'subscription' in signal ? signal.subscription.name : undefined,
    ])
    expect(told).toEqual([
      ['subscribed', 'plain'],
      ['subscribed', 'failing'],
      ['published', undefined],
      ['handled', 'plain'],
      ['published', undefined],
      ['unhandled', undefined],
      ['failed', 'failing'],
      ['buried', undefined],
      ['unsubscribed', 'plain'],
      ['unsubscribed', 'failing'],
      ['closed', undefined],
    ])
    expect(signals[3]).toMatchObject({ event, ms: 0, at: 5_000 })
    expect(signals[6]).toMatchObject({ event, error: failure })
  })

  it('an event that nobody handles is visible: signalled and counted', () => {
    const bus = createBus()
    const signals = tapped(bus)
    bus.inlet.forward('a bridge', ['**'], () => undefined)
    bus.publish('lonely', 1)
    expect(signals.some(({ type }) => type === 'unhandled')).toBe(true)
    expect(bus.stats().byType['lonely']).toMatchObject({ published: 1, delivered: 0, unhandled: 1 })
  })

  it('times every handler while it listens, and one in 64 otherwise', () => {
    const clock = manualTime()
    const elapsed = vi.spyOn(clock, 'elapsed')
    const bus = createBus({ clock })
    bus.subscribe('a', () => undefined)
    for (let i = 0; i < 640; i++) bus.publish('a', i)
    expect(bus.stats().byType['a']?.ms.samples).toBe(10)
    const untapped = elapsed.mock.calls.length
    const listening = bus.tap$.subscribe()
    for (let i = 0; i < 100; i++) bus.publish('a', i)
    expect(bus.stats().byType['a']?.ms.samples).toBe(110)
    listening.unsubscribe()
    for (let i = 0; i < 64; i++) bus.publish('a', i)
    expect(elapsed.mock.calls.length).toBeLessThan(untapped + 2 * 100 + 4)
  })

  it('a listener that throws disturbs neither the bus nor another listener', () => {
    const scheduled = vi.spyOn(globalThis, 'setTimeout').mockReturnValue(0 as never)
    const bus = createBus()
    bus.tap$.subscribe(() => {
      throw new Error('broken listener')
    })
    const signals = tapped(bus)
    const handler = vi.fn()
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    expect(handler).toHaveBeenCalledOnce()
    expect(signals.length).toBeGreaterThan(0)
    expect(scheduled).toHaveBeenCalled() // RxJS reports it from a timer of its own
  })

  it('stays active while one of two listeners is left', () => {
    const bus = createBus()
    const first = bus.tap$.subscribe()
    const signals = tapped(bus)
    first.unsubscribe()
    bus.publish('a', 1)
    expect(signals.map(({ type }) => type)).toContain('published')
  })

  it('durations are measured on the injected clock', () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    const signals = tapped(bus)
    bus.subscribe('a', () => clock.advance(250))
    bus.publish('a', 1)
    expect(signals.find(({ type }) => type === 'handled')).toMatchObject({ ms: 250 })
    const { p50, samples } = bus.stats().byType['a']!.ms
    expect(samples).toBe(1)
    expect(p50).toBeGreaterThan(250 / 1.045)
    expect(p50).toBeLessThan(250 * 1.045)
  })
})

describe('the logger', () => {
  it('by default a failure reaches console.error, without the data', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const bus = createBus({ source: 'app' })
    const failure = new Error('no')
    bus.subscribe(
      'user.created',
      () => {
        throw failure
      },
      { name: 'welcome', retry: false },
    )
    const { id } = bus.publish('user.created', { password: 'hunter2' })
    expect(error).toHaveBeenCalledExactlyOnceWith(
      `[app] the handler "welcome" failed; it has given up after attempt 1 (user.created ${id})`,
      failure,
    )
    expect(JSON.stringify(error.mock.calls)).not.toContain('hunter2')
  })

  it('has a level per bus: registrations at debug, failures at error, nothing when silent', () => {
    const levels = (['debug', 'error', 'silent'] as const).map((level) => {
      const logger = recordingLogger(level)
      const bus = createBus({ logger })
      const fail = (): never => {
        throw new Error('no')
      }
      bus.subscribe('a', fail, { retry: false })
      bus.publish('a', 1)
      return logger.entries.map((entry) => entry.level)
    })
    expect(levels).toEqual([['debug', 'error'], ['error'], []])
  })

  it('one that throws is ignored', () => {
    const broken: Logger = {
      level: 'debug',
      log: () => {
        throw new Error('broken logger')
      },
    }
    const bus = createBus({ logger: broken })
    const handler = vi.fn()
    bus.subscribe('a', () => {
      throw new Error('no')
    })
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    expect(handler).toHaveBeenCalledOnce()
  })

  it('the console one writes each level by its own method', () => {
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => undefined)
    createBus({ logger: consoleLogger('debug'), source: 'app' }).subscribe('a', () => undefined)
    expect(debug).toHaveBeenCalledExactlyOnceWith('[app] subscribed a')
  })
})

describe("what the bus's inlet offers to features", () => {
  it('accepts events from elsewhere: validated, but with their own id, time and source', async () => {
    const bus = createBus({ clock: manualTime(9_000) })
    const seen: unknown[] = []
    bus.subscribe('a', (event) => seen.push(event))
    const foreign = createBus({ source: 'elsewhere', clock: manualTime(1_000) }).publish('a', 1)
    expect(await bus.inlet.accept(foreign, 'link')).toEqual({ handled: 1, failed: [] })
    expect(seen).toEqual([foreign])
  })

  it('resolves with the failures once all handlers have finished, also when nothing is kept', async () => {
    const bus = createBus({ history: { capacity: 0 }, logger: recordingLogger('silent') })
    const failure = new Error('no')
    bus.subscribe('a', async () => Promise.resolve(), { name: 'slow' })
    bus.subscribe('a', () => Promise.reject(failure), { name: 'failing', retry: false })
    expect(await bus.inlet.accept(createBus().publish('a', 1), 'link')).toEqual({
      handled: 1,
      failed: [{ handler: 'failing', attempts: 1, error: failure }],
    })
  })

  it('tells the patterns that are wanted: now, and after changes, once per task', async () => {
    const bus = createBus()
    bus.subscribe('a', () => undefined)
    bus.inlet.forward('a bridge', ['**'], () => undefined)
    const told: (readonly string[])[] = []
    const listening = bus.inlet.interest$.subscribe((patterns) => told.push(patterns))
    const first = bus.subscribe(['a', 'b.*'], () => undefined)
    bus.subscribe('c', () => undefined)
    await Promise.resolve()
    first.unsubscribe()
    await Promise.resolve()
    listening.unsubscribe()
    bus.subscribe('d', () => undefined)
    await Promise.resolve()
    expect(told).toEqual([['a'], ['a', 'b.*', 'c'], ['a', 'c']])
  })
})
