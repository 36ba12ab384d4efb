import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { type BusEvent, createBus, defineCatalog, defineEvent, type Signal } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

const quiet = { logger: recordingLogger('silent') }

/** Notes what it gets, and whether that came again. */
function notes() {
  const seen: string[] = []
  const handler = (event: BusEvent, { isReplay }: { readonly isReplay: boolean }): void => {
    seen.push(`${String(event.data)}${isReplay ? ' again' : ''}`)
  }
  return { seen, handler }
}

describe('who subscribes late', () => {
  it('gets so many events of the past, oldest first, then the live ones', () => {
    const bus = createBus()
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    const { seen, handler } = notes()
    bus.subscribe('a', handler, { replay: 2 })
    bus.publish('a', 6)
    expect(seen).toEqual(['4 again', '5 again', '6'])
  })

  it('counts only events that its pattern lets through', () => {
    const bus = createBus()
    for (let n = 1; n <= 5; n++) bus.publish(n % 2 ? 'odd' : 'even', n)
    const { seen, handler } = notes()
    bus.subscribe('odd', handler, { replay: 2 })
    expect(seen).toEqual(['3 again', '5 again'])
  })

  it('gets those since a time', () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    for (let n = 1; n <= 4; n++) {
      bus.publish('a', n)
      clock.advance(10)
    }
    const { seen, handler } = notes()
    bus.subscribe('a', handler, { replay: { since: 1_000_020 } })
    expect(seen).toEqual(['3 again', '4 again'])
  })

  it('gets all that the history holds, and no more', () => {
    const bus = createBus({ history: { capacity: 3 } })
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    const { seen, handler } = notes()
    bus.subscribe('**', handler, { replay: 'all' })
    expect(seen).toEqual(['3 again', '4 again', '5 again'])
  })

  it('gets nothing of the past unless it asks', () => {
    const bus = createBus()
    bus.publish('a', 1)
    const { seen, handler } = notes()
    bus.subscribe('a', handler)
    bus.subscribe('a', handler, { replay: 0 })
    bus.subscribe('a', handler, { replay: false })
    expect(seen).toEqual([])
  })

  it.for([-1, 1.5, Number.NaN, { since: Number.NaN }, { since: Number.POSITIVE_INFINITY }])(
    'is refused when it says nothing: %j',
    (replay) => {
      expect(() => createBus().subscribe('a', () => {}, { replay })).toThrow(
        expect.objectContaining({ code: 'option-invalid' }),
      )
    },
  )

  it('gets each event once, though several of its patterns let it through', () => {
    const bus = createBus()
    bus.publish('a.b', 1)
    const { seen, handler } = notes()
    bus.subscribe(['a.*', '*.b', '**'], handler, { replay: 'all' })
    expect(seen).toEqual(['1 again'])
  })

  it('gets only what its filter wants, and once means once', () => {
    const bus = createBus()
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    const [filtered, single] = [notes(), notes()]
    bus.subscribe('a', filtered.handler, { replay: 'all', where: ({ data }) => Number(data) > 3 })
    bus.subscribe('a', single.handler, { replay: 'all', once: true })
    bus.publish('a', 6)
    expect(filtered.seen).toEqual(['4 again', '5 again', '6'])
    expect(single.seen).toEqual(['1 again'])
  })

  it('gets no event twice and misses none when it subscribes inside a handler, in mid-dispatch', () => {
    const bus = createBus()
    const { seen, handler } = notes()
    let isSubscribed = false
    bus.subscribe('a', (event) => {
      if (isSubscribed || event.data !== 2) return
      isSubscribed = true
      bus.publish('a', 3) // waits for its turn while the subscription is made
      bus.subscribe('a', handler, { replay: 'all' })
      bus.publish('a', 4)
    })
    bus.publish('a', 1)
    bus.publish('a', 2)
    bus.publish('a', 5)
    expect(seen).toEqual(['1 again', '2 again', '3 again', '4', '5'])
  })

  it('gets what is published during the replay after the replay', () => {
    const bus = createBus()
    for (let n = 1; n <= 2; n++) bus.publish('a', n)
    const seen: string[] = []
    bus.subscribe(
      'a',
      (event, { isReplay }) => {
        seen.push(`${String(event.data)} ${isReplay}`)
        if (event.data === 1) bus.publish('a', 3)
      },
      { replay: 'all' },
    )
    expect(seen).toEqual(['1 true', '2 true', '3 false'])
  })

  it('is not called any more when it ends itself during the replay', () => {
    const bus = createBus()
    for (let n = 1; n <= 3; n++) bus.publish('a', n)
    const seen: unknown[] = []
    const controller = new AbortController()
    const handler = (event: BusEvent): void => {
      seen.push(event.data)
      controller.abort()
    }
    bus.subscribe('a', handler, { replay: 'all', signal: controller.signal })
    expect(seen).toEqual([1])
  })

  it('others get nothing again, and nothing is counted as published again', () => {
    const bus = createBus()
    const other = vi.fn()
    bus.subscribe('a', other)
    bus.publish('a', 1)
    const published: Signal[] = []
    bus.tap$.subscribe((signal) => signal.type === 'published' && published.push(signal))
    bus.subscribe('a', () => undefined, { replay: 'all' })
    expect(other).toHaveBeenCalledTimes(1)
    expect(published).toEqual([])
    expect(bus.stats()).toMatchObject({ published: 1, delivered: 2 })
  })

  it('replayed events take their turn in their lane, are retried and are buried like any', async () => {
    const clock = manualTime()
    const bus = createBus({ clock, ...quiet })
    for (let n = 1; n <= 2; n++) bus.publish('a', n, { subject: 'x' })
    const calls: string[] = []
    bus.subscribe(
      'a',
      async (event, { attempt, isReplay }) => {
        calls.push(`${String(event.data)}#${attempt} ${isReplay}`)
        await Promise.resolve()
        if (event.data === 1) throw new Error('no')
      },
      { name: 'late', replay: 'all', retry: { attempts: 2, delay: () => 10 } },
    )
    bus.publish('a', 3, { subject: 'x' })
    await microtasks()
    expect(calls).toEqual(['1#1 true'])
    clock.advance(10)
    await microtasks()
    expect(calls).toEqual(['1#1 true', '1#2 true', '2#1 true', '3#1 false'])
    expect(bus.deadLetters.list()).toMatchObject([{ handler: 'late', event: { data: 1 } }])
  })

  it('drain waits for what is replayed', async () => {
    const bus = createBus()
    bus.publish('a', 1)
    const done = vi.fn()
    bus.subscribe('a', () => Promise.resolve().then(done), { replay: 'all' })
    await bus.drain()
    expect(done).toHaveBeenCalledOnce()
  })
})

const Theme = defineEvent('theme.changed', { data: z.object({ dark: z.boolean() }), retain: true })
const Price = defineEvent('price.changed', {
  data: z.object({ item: z.string(), cents: z.number() }),
  retain: true,
  key: ({ data }) => data.item,
})
const Click = defineEvent('clicked', { data: z.object({}) })

describe('retained events', () => {
  const scene = () => createBus({ catalog: defineCatalog(Theme, Price, Click), history: { capacity: 2 } })

  it('are the newest of each key, which come first to who subscribes late, however long ago they were', () => {
    const bus = scene()
    bus.publish('price.changed', { item: 'tea', cents: 1 })
    bus.publish('price.changed', { item: 'milk', cents: 2 })
    bus.publish('price.changed', { item: 'tea', cents: 3 })
    bus.publish('theme.changed', { dark: true })
    for (let n = 0; n < 10; n++) bus.publish('clicked', {})
    const seen: unknown[] = []
    bus.subscribe('price.*', ({ data }, { isReplay }) => seen.push([data.item, data.cents, isReplay]))
    expect(seen).toEqual([
      ['milk', 2, true],
      ['tea', 3, true],
    ])
  })

  it('come once, also when the history is replayed too', () => {
    const bus = scene()
    bus.publish('theme.changed', { dark: true })
    bus.publish('clicked', {})
    const seen: string[] = []
    bus.subscribe('**', ({ type }) => seen.push(type), { replay: 'all' })
    expect(seen).toEqual(['theme.changed', 'clicked'])
  })

  it('can be declined', () => {
    const bus = scene()
    bus.publish('theme.changed', { dark: true })
    const handler = vi.fn()
    bus.subscribe('theme.changed', handler, { replay: false })
    expect(handler).not.toHaveBeenCalled()
  })

  it('a subscriber in mid-dispatch gets the one that is being dispatched once', () => {
    const bus = scene()
    const seen: boolean[] = []
    bus.subscribe(
      'theme.changed',
      () => {
        bus.subscribe('theme.changed', (_event, { isReplay }) => seen.push(isReplay))
      },
      { once: true },
    )
    bus.publish('theme.changed', { dark: true })
    expect(seen).toEqual([true])
  })
})

describe('rule 12: retained events are bounded', () => {
  it('to 10,000: the one that is oldest goes, and that is signalled once', () => {
    const bus = createBus({ catalog: defineCatalog(Price) })
    const overflows: Signal[] = []
    bus.tap$.subscribe(
      (signal) => signal.type === 'overflow' && signal.memory === 'retained' && overflows.push(signal),
    )
    for (let n = 0; n < 10_005; n++) bus.publish('price.changed', { item: `${n}`, cents: n })
    const items: string[] = []
    bus.subscribe('price.changed', ({ data }) => items.push(data.item))
    expect(items).toHaveLength(10_000)
    expect(items[0]).toBe('5')
    expect(overflows).toMatchObject([{ capacity: 10_000 }])
  })
})

describe('replace', () => {
  it('ends the subscription of the same name, and takes its place in the order', () => {
    const bus = createBus()
    const calls: string[] = []
    const on = (name: string, says = name): void =>
      void bus.subscribe('a', () => calls.push(says), { name, replace: true })
    on('first')
    on('second')
    on('third')
    on('second', 'second, reloaded')
    bus.publish('a', 1)
    expect(calls).toEqual(['first', 'second, reloaded', 'third'])
    expect(bus.subscriptions().map(({ name }) => name)).toEqual(['first', 'second', 'third'])
  })

  it('leaves the same name of another scope alone', () => {
    const bus = createBus()
    const handler = vi.fn()
    bus.scope('other').subscribe('a', handler, { name: 'mail', replace: true })
    bus.subscribe('a', handler, { name: 'mail', replace: true })
    bus.publish('a', 1)
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('without it a name may be there twice; a name is needed', () => {
    const bus = createBus()
    const handler = vi.fn()
    bus.subscribe('a', handler, { name: 'mail' })
    bus.subscribe('a', handler, { name: 'mail' })
    bus.publish('a', 1)
    expect(handler).toHaveBeenCalledTimes(2)
    expect(() => bus.subscribe('a', handler, { replace: true })).toThrow('needs a name')
  })
})
