import { type BusEvent, exponential } from '@heliobus/core'
import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { createTestBus } from '../src/index.ts'
import { MailQueued, shop } from './shop.ts'

const quiet = { logger: { level: 'silent', log: () => {} } } as const

describe('a test bus', () => {
  test('keeps everything that was published, oldest first, also what handlers publish', () => {
    const { bus, published } = createTestBus()
    bus.subscribe('order.paid', () => void bus.publish('mail.queued', 1))
    bus.publish('order.paid', 1)
    bus.publish('order.shipped', 2)
    expect(published().map(({ type }) => type)).toEqual(['order.paid', 'mail.queued', 'order.shipped'])
    expect(published('order.*').map(({ data }) => data)).toEqual([1, 2])
    expect(() => published('order..*')).toThrow('not a pattern')
  })

  test('is typed by its catalog, what it has kept too', () => {
    const { bus, published } = createTestBus({ catalog: shop })
    bus.publish('mail.queued', { to: 'ada' })
    const [mail] = published(MailQueued)
    expect(mail?.data.to).toBe('ada')
    expectTypeOf(published('order.*'))
      .items.toHaveProperty('data')
      .toHaveProperty('total')
      .toEqualTypeOf<number>()
    // @ts-expect-error no topic in the catalog matches parcel.*
    expect(published('parcel.*')).toEqual([])
  })

  test('goes further back than the history', () => {
    const { bus, published } = createTestBus({ history: { capacity: 2 } })
    for (let n = 0; n < 5; n++) bus.publish('a', n)
    expect(published('a')).toHaveLength(5)
  })

  test('waits for retries in virtual time, asynchronous handlers included', async () => {
    const { bus, advance, clock } = createTestBus(quiet)
    const calls: number[] = []
    const retry = exponential({ attempts: 4, first: 1_000, factor: 4, random: () => 1 })
    const handler = async (_event: BusEvent, { attempt }: { readonly attempt: number }): Promise<void> => {
      calls.push(clock.elapsed())
      for (let turn = 0; turn < 50; turn++) await Promise.resolve()
      if (attempt < 4) throw new Error('no')
    }
    bus.subscribe('a', handler, { retry })
    const event = bus.publish('a', 1)
    await advance(20_999)
    expect(calls).toEqual([0, 1_000, 5_000])
    await advance(1)
    expect(calls).toEqual([0, 1_000, 5_000, 21_000])
    expect((await bus.settled(event)).outcomes).toMatchObject([{ status: 'handled', attempts: 4 }])
  })

  test('settles while the runner has replaced the timers', async () => {
    vi.useFakeTimers()
    try {
      const { bus, settle } = createTestBus()
      const done = vi.fn()
      bus.subscribe('a', () => Promise.resolve().then(done))
      bus.publish('a', 1)
      await settle()
      expect(done).toHaveBeenCalledOnce()
    } finally {
      vi.useRealTimers()
    }
  })

  test('is in development: a handler that changes an event fails', async () => {
    const { bus } = createTestBus(quiet)
    bus.subscribe('a', (event) => Object.assign(event.data as object, { changed: true }), { retry: false })
    const { outcomes } = await bus.settled(bus.publish('a', {}))
    expect(outcomes).toMatchObject([{ status: 'failed' }])
  })

  test('starts its clock where it is told', () => {
    const { bus } = createTestBus({ now: 1_000 })
    expect(bus.publish('a', 1).time).toBe(1_000)
  })
})
