import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type BusStats, createBus, defineCatalog, defineEvent, type Signal } from '../src/index.ts'
import { Stats, TypeStats } from '../src/stats.ts'
import { manualTime } from './manual-time.ts'

const start = 1_763_700_000_000
const nothingDropped = { history: 0, iterators: 0, deadLetters: 0 }

/** Publishes every `interval` ms from `from` on, until `to`. */
function publishSteadily(stats: TypeStats, interval: number, from: number, to: number): void {
  for (let time = from; time < to; time += interval) stats.publishedAt(time)
}

function rateAt(stats: TypeStats, now: number): number {
  return stats.snapshot(now).rate
}

describe('the rate of a type', () => {
  it('is 0 before the first event', () => {
    expect(rateAt(new TypeStats('a'), start)).toBe(0)
  })

  it('of a steady stream is right, whenever one looks and however often', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1_000, max: 40_000 }),
        fc.array(fc.nat(40_000), { maxLength: 10 }),
        (interval, lasts, looks) => {
          const stats = new TypeStats('a')
          for (let time = 0; time <= lasts; time += interval) {
            stats.publishedAt(start + time)
            if (looks.some((look) => look >= time && look < time + interval)) stats.snapshot(start + time)
          }
          const window = Math.min(lasts, 5_000) // one event more or less in the shortest window
          expect(Math.abs(rateAt(stats, start + lasts) - 1_000 / interval)).toBeLessThanOrEqual(
            1_001 / window,
          )
        },
      ),
    )
  })

  it('of a burst is its size at first, and falls from there', () => {
    const stats = new TypeStats('a')
    for (let event = 0; event < 1_000; event++) stats.publishedAt(start)
    expect(rateAt(stats, start)).toBe(1_000)
    expect(rateAt(stats, start + 1_000)).toBe(1_000)
    expect(rateAt(stats, start + 2_000)).toBe(500)
    expect(rateAt(stats, start + 8_000)).toBe(125)
    expect(rateAt(stats, start + 10_000)).toBe(0)
  })

  it.each([1, 100, 700, 1_000, 4_999, 5_000, 9_000])(
    'falls to 0 in silence, looked at every %i ms',
    (step) => {
      const stats = new TypeStats('a')
      publishSteadily(stats, 10, start, start + 12_345)
      let before = rateAt(stats, start + 12_345)
      expect(before).toBeCloseTo(100, -1)
      for (let silence = step; silence < 10_000; silence += step) {
        const rate = rateAt(stats, start + 12_345 + silence)
        expect(rate).toBeLessThanOrEqual(before)
        before = rate
      }
      expect(rateAt(stats, start + 12_345 + 10_000)).toBe(0)
    },
  )

  it('after a long silence is that of the new stream, not of the time between', () => {
    const stats = new TypeStats('a')
    publishSteadily(stats, 10, start, start + 20_000)
    const later = start + 3_600_000
    publishSteadily(stats, 100, later, later + 3_000)
    expect(rateAt(stats, later + 3_000)).toBeCloseTo(10, 5)
    expect(stats.published).toBe(2_030)
  })

  it('follows a stream that becomes faster within 10 seconds', () => {
    const stats = new TypeStats('a')
    publishSteadily(stats, 1_000, start, start + 60_000)
    publishSteadily(stats, 10, start + 60_000, start + 70_000)
    expect(rateAt(stats, start + 70_000)).toBeCloseTo(100, -1)
  })

  it('is not blown up by a clock that steps back', () => {
    const stats = new TypeStats('a')
    publishSteadily(stats, 10, start, start + 20_000)
    const back = start - 3_600_000
    publishSteadily(stats, 10, back, back + 20_000)
    expect(rateAt(stats, back + 20_000)).toBeCloseTo(100, -1)
  })

  it('is measured by a clock that begins at 0 as well', () => {
    const stats = new TypeStats('a')
    publishSteadily(stats, 10, 0, 3_000)
    expect(rateAt(stats, 3_000)).toBeCloseTo(100, 5)
  })
})

describe('the durations of a type', () => {
  it('are told as percentiles, with the number of samples', () => {
    const stats = new TypeStats('a')
    for (let ms = 1; ms <= 100; ms++) stats.took(ms)
    const { p50, p95, p99, samples } = stats.snapshot(start).ms
    expect(samples).toBe(100)
    for (const [told, truth] of [
      [p50, 50],
      [p95, 95],
      [p99, 99],
    ] as const) {
      expect(Math.abs(told / truth - 1)).toBeLessThan(0.045)
    }
  })

  it('are 0 without samples', () => {
    expect(new TypeStats('a').snapshot(start).ms).toEqual({ p50: 0, p95: 0, p99: 0, samples: 0 })
  })
})

/** The sums over all types of the counts of a bus. */
function sums({ byType }: BusStats): Pick<BusStats, 'published' | 'delivered' | 'failures' | 'unhandled'> {
  const all = Object.values(byType)
  const sum = (count: 'published' | 'delivered' | 'failures' | 'unhandled'): number =>
    all.reduce((total, stats) => total + stats[count], 0)
  return {
    published: sum('published'),
    delivered: sum('delivered'),
    failures: sum('failures'),
    unhandled: sum('unhandled'),
  }
}

describe('statistics', () => {
  it('add up', () => {
    const stats = new Stats()
    const [user, order] = [stats.of('user.created'), stats.of('order.paid')]
    for (let event = 0; event < 3; event++) user.publishedAt(start)
    order.publishedAt(start)
    user.delivered = 5
    order.delivered = 1
    user.failures = 2
    order.unhandled = 4
    const snapshot = stats.snapshot(start, { history: 7, iterators: 8, deadLetters: 0 })
    expect(snapshot).toMatchObject({ published: 4, delivered: 6, failures: 2, unhandled: 4 })
    expect(sums(snapshot)).toEqual({ published: 4, delivered: 6, failures: 2, unhandled: 4 })
    expect(snapshot.dropped).toEqual({ history: 7, iterators: 8, types: 0, deadLetters: 0 })
    expect(snapshot.byType['order.paid']).toMatchObject({
      published: 1,
      delivered: 1,
      failures: 0,
      unhandled: 4,
    })
  })

  it('count both spellings of a topic together, under the first', () => {
    const stats = new Stats()
    expect(stats.of('user:login')).toBe(stats.of('user.login'))
    expect(Object.keys(stats.snapshot(start, nothingDropped).byType)).toEqual(['user:login'])
  })

  it('know topics that are called like members of objects', () => {
    const stats = new Stats()
    for (const topic of ['__proto__', 'constructor', 'toString']) stats.of(topic).publishedAt(start)
    const { byType } = stats.snapshot(start, nothingDropped)
    expect(Object.keys(byType)).toEqual(['__proto__', 'constructor', 'toString'])
    expect(Object.getOwnPropertyDescriptor(byType, '__proto__')?.value).toMatchObject({ published: 1 })
  })

  it('hold 10,000 types; what comes later is counted together', () => {
    const stats = new Stats()
    for (let type = 0; type < 10_000; type++) stats.of(`type.${type}`).publishedAt(start)
    expect(stats.snapshot(start, nothingDropped).dropped.types).toBe(0)
    expect(stats.snapshot(start, nothingDropped).byType).not.toHaveProperty('other')
    for (let type = 10_000; type < 10_050; type++) stats.of(`type.${type}`).publishedAt(start)
    stats.of('type.0').publishedAt(start)
    stats.of('type:1').publishedAt(start)
    const snapshot = stats.snapshot(start, nothingDropped)
    expect(Object.keys(snapshot.byType)).toHaveLength(10_001)
    expect(snapshot.dropped.types).toBe(50)
    expect(snapshot.published).toBe(10_052)
    expect(snapshot.byType['other']).toMatchObject({ published: 50 })
    expect(snapshot.byType['type.0']).toMatchObject({ published: 2 })
    expect(snapshot.byType['type.1']).toMatchObject({ published: 2 })
    expect(sums(snapshot).published).toBe(10_052)
  })

  it('lose nothing when somebody has a topic that is called other', () => {
    const stats = new Stats()
    stats.of('other').publishedAt(start)
    for (let type = 0; type < 10_050; type++) stats.of(`type.${type}`).publishedAt(start)
    const snapshot = stats.snapshot(start, nothingDropped)
    expect(snapshot.published).toBe(10_051)
    expect(sums(snapshot).published).toBe(10_051)
  })
})

describe('the statistics of a bus', () => {
  it('know rates by the clock of the bus', () => {
    const clock = manualTime(start)
    const bus = createBus({ clock })
    for (let event = 0; event < 400; event++) {
      bus.publish('tick', event)
      clock.advance(50)
    }
    expect(bus.stats().byType['tick']?.rate).toBeCloseTo(20, 0)
    clock.advance(10_000)
    expect(bus.stats().byType['tick']?.rate).toBe(0)
  })

  it('hold no type that could not be published', () => {
    const catalog = defineCatalog(defineEvent('known', { data: z.string() }))
    const bus = createBus({ catalog })
    bus.publish('known', 'data')
    for (const topic of ['unknown', '$internal', 'unknown.as.well']) {
      expect(() => bus.publish(topic as 'known', 'data')).toThrow(/not a topic|no definition/)
    }
    expect(Object.keys(bus.stats().byType)).toEqual(['known'])
  })

  it('stay exact beyond 10,000 types, and that is signalled once', () => {
    const bus = createBus({ history: { capacity: 1 } })
    const signals: Signal[] = []
    bus.tap$.subscribe((signal) => {
      if (signal.type === 'overflow' && signal.memory === 'types') signals.push(signal)
    })
    for (let type = 0; type <= 10_000; type++) bus.publish(`type.${type}`, 1)
    expect(signals).toMatchObject([{ type: 'overflow', memory: 'types', capacity: 10_000 }])
    bus.publish('type.0', 2) // long forgotten by the router, well known here
    bus.publish('type.10001', 1)
    bus.publish('type.10002', 1)
    expect(signals).toHaveLength(1)
    const stats = bus.stats()
    expect(stats.published).toBe(10_004)
    expect(stats.unhandled).toBe(10_004)
    expect(stats.byType['other']).toMatchObject({ published: 3 })
    expect(stats.byType['type.0']).toMatchObject({ published: 2 })
  })
})
