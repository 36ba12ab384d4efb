import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  createBus,
  defineCatalog,
  defineEvent,
  isBusError,
  type Signal,
  type Subscription,
} from '../src/index.ts'
import { recordingLogger } from './recording-logger.ts'
import { shop } from './shop.ts'
import { untyped } from './untyped.ts'

// One or more tests for each numbered rule of the guide (docs/guide/semantics.md). Rule 9 is shown in bridge.test.ts.

describe('rule 1: a topic is 1–16 segments joined by "." or ":"', () => {
  it('the two separators name one topic, and an event keeps the spelling of its definition', () => {
    const bus = createBus({ catalog: shop })
    const types: string[] = []
    bus.subscribe('user.login', (event) => types.push(event.type))
    bus.subscribe('user:*', (event) => types.push(event.type))
    untyped(bus).publish('user.login', { device: 'phone' })
    bus.publish('user:login', { device: 'desk' })
    expect(types).toEqual(['user:login', 'user:login', 'user:login', 'user:login'])
    expect(bus.stats().byType['user:login']).toMatchObject({ published: 2, delivered: 4 })
  })

  it('without a definition the first spelling is the one that is counted', () => {
    const bus = createBus()
    bus.publish('a:b', 1)
    bus.publish('a.b', 2)
    expect(Object.keys(bus.stats().byType)).toEqual(['a:b'])
    expect(bus.stats().byType['a:b']?.published).toBe(2)
  })

  it('names of object members are ordinary names', () => {
    const bus = createBus()
    const seen: string[] = []
    bus.subscribe('__proto__.*', (event) => seen.push(event.type))
    bus.subscribe('constructor', (event) => seen.push(event.type))
    bus.publish('__proto__.polluted', 1)
    bus.publish('constructor', 1)
    expect(seen).toEqual(['__proto__.polluted', 'constructor'])
    expect(Object.keys(bus.stats().byType)).toEqual(['__proto__.polluted', 'constructor'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('rule 2: * is exactly one segment, ** is zero or more', () => {
  it('anywhere, any number of times', () => {
    const bus = createBus()
    const seen: Record<string, string[]> = {}
    for (const pattern of ['*', '**', 'a.*', 'a.**', '*.c', '**.c', 'a.**.c', 'a.*.c', '**.b.**', '*.*.*']) {
      bus.subscribe(pattern, (event) => (seen[pattern] ??= []).push(event.type))
    }
    for (const topic of ['a', 'a.b', 'a.c', 'a.b.c', 'a.b.b.c']) bus.publish(topic, 1)
    expect(seen).toEqual({
      '*': ['a'],
      '**': ['a', 'a.b', 'a.c', 'a.b.c', 'a.b.b.c'],
      'a.*': ['a.b', 'a.c'],
      'a.**': ['a', 'a.b', 'a.c', 'a.b.c', 'a.b.b.c'],
      '*.c': ['a.c'],
      '**.c': ['a.c', 'a.b.c', 'a.b.b.c'],
      'a.**.c': ['a.c', 'a.b.c', 'a.b.b.c'],
      'a.*.c': ['a.b.c'],
      '**.b.**': ['a.b', 'a.b.c', 'a.b.b.c'],
      '*.*.*': ['a.b.c'],
    })
  })

  it('a wildcard is refused when publishing', () => {
    const bus = createBus()
    bus.subscribe('a.b', () => expect.unreachable())
    for (const topic of ['a.*', '**', 'a.b*']) {
      expect(() => bus.publish(topic, 1)).toThrow(expect.objectContaining({ code: 'topic-invalid' }))
    }
  })
})

describe('rule 3: one total order, priority then registration, across exact and wildcard patterns', () => {
  it('holds also for subscriptions made after the topic was published before', () => {
    const bus = createBus()
    const calls: string[] = []
    const on = (pattern: string, name: string, priority = 0): Subscription =>
      bus.subscribe(pattern, () => calls.push(name), { priority })
    on('a.b', '1 exact')
    on('a.*', '2 wildcard')
    bus.publish('a.b', 0)
    calls.length = 0
    on('**', '3 all')
    on('a.b', '4 exact')
    on('*.b', 'first of all', 10)
    on('a.**', 'last of all', -1)
    on('a.b', 'second of all', 5)
    bus.publish('a.b', 0)
    expect(calls).toEqual([
      'first of all',
      'second of all',
      '1 exact',
      '2 wildcard',
      '3 all',
      '4 exact',
      'last of all',
    ])
  })
})

describe('rule 4: a publish inside a handler is queued', () => {
  it('all handlers see events in the same order, breadth first', () => {
    const bus = createBus()
    const first: unknown[] = []
    const second: unknown[] = []
    bus.subscribe('**', (event) => {
      first.push(event.type)
      if (event.type === 'a') {
        bus.publish('a.1', 1)
        bus.publish('a.2', 1)
      }
      if (event.type === 'a.1') bus.publish('a.1.1', 1)
    })
    bus.subscribe('**', (event) => second.push(event.type))
    bus.publish('a', 1)
    expect(first).toEqual(['a', 'a.1', 'a.2', 'a.1.1'])
    expect(second).toEqual(first)
  })

  it('observers and the tap see that order too', () => {
    const bus = createBus()
    const seen: string[] = []
    const told: string[] = []
    bus.tap$.subscribe((signal) => signal.type === 'published' && told.push(signal.event.type))
    bus.observe('**').subscribe((event) => event.type === 'a' && bus.publish('b', 1))
    bus.observe('**').subscribe((event) => seen.push(event.type))
    bus.publish('a', 1)
    bus.publish('c', 1)
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(told).toEqual(['a', 'b', 'c'])
  })
})

describe('rule 5: after unsubscribe() a handler is not called again', () => {
  it('not even for the event being dispatched, nor for those that wait', () => {
    const bus = createBus()
    const calls: string[] = []
    bus.subscribe('**', (event) => {
      if (event.type === 'a') bus.publish('b', 1)
      later.unsubscribe()
    })
    const later = bus.subscribe('**', (event) => calls.push(event.type))
    bus.subscribe('**', (event) => calls.push(`other ${event.type}`))
    bus.publish('a', 1)
    expect(calls).toEqual(['other a', 'other b'])
  })

  it('one that unsubscribes itself leaves the others untouched', () => {
    const bus = createBus()
    const calls: string[] = []
    const own = bus.subscribe('a', () => {
      calls.push('own')
      own.unsubscribe()
    })
    bus.subscribe('a', () => calls.push('other'))
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect(calls).toEqual(['own', 'other', 'other'])
  })

  it('a subscription made during dispatch sees events that are published later only', () => {
    const bus = createBus()
    const seen: string[] = []
    bus.subscribe('a', () => {
      bus.publish('before', 1)
      bus.subscribe('**', (event) => seen.push(event.type))
      bus.publish('after', 1)
    })
    bus.publish('a', 1)
    expect(seen).toEqual(['after'])
  })
})

describe("rule 6: a handler's throw or rejection never reaches the publisher or another handler", () => {
  it.each([
    ['an error', new Error('no')],
    ['undefined', undefined],
    ['a string', 'no'],
    ['null', null],
  ])('%s', async (_name, thrown) => {
    const logger = recordingLogger('error')
    const bus = createBus({ logger })
    const calls: string[] = []
    bus.subscribe(
      'a',
      () => {
        throw thrown
      },
      { name: 'throws', retry: false },
    )
    bus.subscribe('a', () => Promise.reject(thrown), { name: 'rejects', retry: false })
    bus.subscribe('a', () => calls.push('other'))
    const event = bus.publish('a', 1)
    const { outcomes } = await bus.settled(event)
    expect(calls).toEqual(['other'])
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed', 'handled'])
    expect(bus.stats()).toMatchObject({ published: 1, delivered: 1, failures: 2 })
    expect(logger.entries.map(({ handler, error }) => [handler, error])).toEqual([
      ['throws', thrown],
      ['rejects', thrown],
    ])
  })

  it('a thenable that throws when it is asked, and a where that throws, count as failures', async () => {
    const bus = createBus({ logger: recordingLogger('silent') })
    const bad = {
      then: () => {
        throw new Error('no')
      },
    }
    bus.subscribe('a', () => bad, { name: 'thenable' })
    bus.subscribe('a', () => undefined, {
      name: 'filter',
      where: () => {
        throw new Error('no')
      },
    })
    bus.subscribe('a', () => undefined, { name: 'other' })
    const { outcomes } = await bus.settled(bus.publish('a', 1))
    expect(outcomes.map(({ handler, status }) => [handler, status])).toEqual([
      ['thenable', 'failed'],
      ['filter', 'failed'],
      ['other', 'handled'],
    ])
  })
})

describe('rule 10: a schema must accept its own output after a JSON round trip', () => {
  const Moved = defineEvent('moved', { data: z.object({ at: z.date() }) })
  const Kept = defineEvent('kept', { data: z.object({ at: z.coerce.date() }) })

  it('in development one that does not is named, once', () => {
    const logger = recordingLogger('warn')
    const bus = createBus({ catalog: defineCatalog(Moved, Kept), development: true, logger })
    const warnings: Signal[] = []
    bus.tap$.subscribe((signal) => signal.type === 'warning' && warnings.push(signal))
    for (let i = 0; i < 3; i++) {
      bus.publish('moved', { at: new Date(0) })
      bus.publish('kept', { at: new Date(0) })
    }
    expect(warnings).toMatchObject([{ warning: 'schema-unstable', topic: 'moved' }])
    expect(logger.entries.map(({ level, message }) => [level, message.split(':')[0]])).toEqual([
      ['warn', 'moved'],
    ])
  })

  it('outside development nobody pays for the look', () => {
    const bus = createBus({ catalog: defineCatalog(Moved) })
    const signals: Signal[] = []
    bus.tap$.subscribe((signal) => signals.push(signal))
    bus.publish('moved', { at: new Date(0) })
    expect(signals.filter(({ type }) => type === 'warning')).toEqual([])
  })
})

describe('rule 11: an unknown topic throws when a catalog is given', () => {
  it('and names the nearest one', () => {
    const bus = createBus({ catalog: shop })
    try {
      untyped(bus).publish('user.craeted', { name: 'Ada' })
      expect.unreachable()
    } catch (error) {
      expect(isBusError(error, 'topic-unknown') && error.details).toEqual({
        topic: 'user.craeted',
        nearest: 'user.created',
      })
    }
  })

  it('and is allowed without one', () => {
    const bus = createBus()
    const seen: unknown[] = []
    bus.subscribe('anything.goes', (event) => seen.push(event.data))
    bus.publish('anything.goes', { at: 'all' })
    expect(seen).toEqual([{ at: 'all' }])
  })
})

describe('rule 12: every memory is bounded, and what is dropped is counted and signalled', () => {
  it('the history', () => {
    const bus = createBus({ history: { capacity: 3 } })
    const overflows: Signal[] = []
    bus.tap$.subscribe((signal) => signal.type === 'overflow' && overflows.push(signal))
    for (let i = 0; i < 10; i++) bus.publish('a', i)
    expect(bus.history().map(({ data }) => data)).toEqual([9, 8, 7])
    expect(bus.stats().dropped.history).toBe(7)
    expect(overflows).toMatchObject([{ memory: 'history', capacity: 3 }])
  })

  it('the statistics: 10,000 types, the rest under other, the sums exact', () => {
    const bus = createBus()
    const overflows: Signal[] = []
    bus.tap$.subscribe(
      (signal) => signal.type === 'overflow' && signal.memory === 'types' && overflows.push(signal),
    )
    for (let i = 0; i < 10_050; i++) bus.publish(`topic.number${i}`, i)
    const { published, unhandled, byType, dropped } = bus.stats()
    expect(published).toBe(10_050)
    expect(unhandled).toBe(10_050)
    expect(Object.keys(byType)).toHaveLength(10_001)
    expect(byType['other']?.published).toBe(50)
    expect(dropped.types).toBe(50)
    expect(overflows).toHaveLength(1)
  })

  it('an iterator that is not read', async () => {
    const bus = createBus()
    const overflows: Signal[] = []
    bus.tap$.subscribe((signal) => signal.type === 'overflow' && overflows.push(signal))
    const events = bus.iterate('a', { limit: 2 })
    for (let i = 0; i < 5; i++) bus.publish('a', i)
    expect([(await events.next()).value?.data, (await events.next()).value?.data]).toEqual([3, 4])
    expect(bus.stats().dropped.iterators).toBe(3)
    expect(overflows).toMatchObject([{ memory: 'iterator', capacity: 2 }])
  })
})
