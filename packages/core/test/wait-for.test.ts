import { describe, expect, it, vi } from 'vitest'
import { createBus } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { shop, UserCreated } from './shop.ts'

describe('waitFor', () => {
  it('resolves with the first event that fits, and leaves nothing behind', async () => {
    const clock = manualTime()
    const bus = createBus({ catalog: shop, clock })
    const waited = bus.waitFor(UserCreated, { where: ({ data }) => data.name === 'Bea', timeout: 1_000 })
    for (const name of ['Ada', 'Bea', 'Bea']) bus.publish('user.created', { name }, { subject: name })
    expect(await waited).toMatchObject({ type: 'user.created', data: { name: 'Bea' } })
    expect(bus.subscriptions()).toEqual([])
    expect(clock.timers).toBe(0)
  })

  it('rejects after its timeout', async () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    const waited = bus.waitFor('a.*', { timeout: 1_000 })
    clock.advance(1_000)
    await expect(waited).rejects.toMatchObject({
      code: 'wait-timeout',
      details: { pattern: 'a.*', ms: 1_000 },
    })
    expect(bus.subscriptions()).toEqual([])
  })

  it("rejects with the signal's reason, at once when it is aborted already", async () => {
    const bus = createBus()
    const controller = new AbortController()
    const remove = vi.spyOn(controller.signal, 'removeEventListener')
    const waited = bus.waitFor('a', { signal: controller.signal })
    controller.abort('enough')
    await expect(waited).rejects.toBe('enough')
    expect(remove).toHaveBeenCalled()
    await expect(bus.waitFor('a', { signal: controller.signal })).rejects.toBe('enough')
    expect(bus.subscriptions()).toEqual([])
  })

  it('rejects when the bus closes', async () => {
    const bus = createBus()
    const waited = bus.waitFor('a')
    await Promise.all([expect(waited).rejects.toMatchObject({ code: 'bus-closed' }), bus.close()])
  })
})

describe('iterate', () => {
  it('gives events from the call on, in order, and ends with the loop', async () => {
    const bus = createBus()
    const events = bus.iterate('a')
    bus.publish('a', 1)
    bus.publish('a', 2)
    const seen: unknown[] = []
    for await (const event of events) {
      seen.push(event.data)
      if (event.data === 2) bus.publish('a', 3)
      if (event.data === 3) break
    }
    expect(seen).toEqual([1, 2, 3])
    expect(bus.subscriptions()).toEqual([])
  })

  it('what was asked for before it came is answered in order', async () => {
    const bus = createBus()
    const events = bus.iterate('a')
    const asked = [events.next(), events.next()]
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect((await Promise.all(asked)).map(({ value }) => value?.data)).toEqual([1, 2])
  })

  it('ends with the signal and with the bus, after what had come', async () => {
    for (const end of ['signal', 'bus'] as const) {
      const bus = createBus()
      const controller = new AbortController()
      const events = bus.iterate('a', { signal: controller.signal })
      bus.publish('a', 1)
      if (end === 'signal') controller.abort()
      else await bus.close()
      expect(await events.next()).toMatchObject({ done: false })
      expect(await events.next()).toEqual({ done: true, value: undefined })
    }
  })

  it('an aborted signal makes a loop of no turns', async () => {
    const bus = createBus()
    const events = bus.iterate('a', { signal: AbortSignal.abort() })
    bus.publish('a', 1)
    expect(await events.next()).toEqual({ done: true, value: undefined })
    expect(bus.subscriptions()).toEqual([])
  })

  it.each([
    ['oldest', [4, 5]],
    ['newest', [1, 2]],
  ] as const)('a full queue drops the %s', async (overflow, kept) => {
    const bus = createBus()
    const events = bus.iterate('a', { limit: 2, overflow })
    for (const number of [1, 2, 3, 4, 5]) bus.publish('a', number)
    expect([(await events.next()).value?.data, (await events.next()).value?.data]).toEqual(kept)
    expect(bus.stats().dropped.iterators).toBe(3)
  })

  it('or ends the loop with an error, after what had come', async () => {
    const bus = createBus()
    const events = bus.iterate('a', { limit: 1, overflow: 'error' })
    for (const number of [1, 2, 3]) bus.publish('a', number)
    expect((await events.next()).value?.data).toBe(1)
    await expect(events.next()).rejects.toMatchObject({ code: 'iterator-overflow', details: { limit: 1 } })
    expect(bus.subscriptions()).toEqual([])
  })
})
