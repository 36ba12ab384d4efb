import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  type BusError,
  createBus,
  defineCatalog,
  defineEvent,
  type ErrorCode,
  isBusError,
  type Schema,
  type Signal,
} from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'
import { shop, UserCreated } from './shop.ts'
import { untyped } from './untyped.ts'

/** What `run` throws, which must be a BusError. */
function thrown(run: () => unknown): BusError {
  try {
    run()
  } catch (error) {
    if (isBusError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('what a publisher does wrong is thrown to the publisher, signalled, and disturbs nothing else', () => {
  const Async = defineEvent('async.checked', { data: z.string().refine(() => Promise.resolve(true)) })
  const Keyed = defineEvent('keyed.badly', {
    data: z.object({}),
    key: () => {
      throw new Error('no key')
    },
  })
  const catalog = defineCatalog(shop, Async, Keyed)
  const cases: readonly (readonly [name: string, code: ErrorCode, topic: unknown, data: unknown])[] = [
    ['an unknown topic', 'topic-unknown', 'user.unheard', {}],
    ['a wildcard', 'topic-invalid', 'user.*', {}],
    ['an internal topic', 'topic-invalid', '$alert.raised', {}],
    ['an empty topic', 'topic-invalid', '', {}],
    ['a topic with an empty segment', 'topic-invalid', 'user..created', {}],
    ['a topic that is no string', 'topic-invalid', 7, {}],
    ['data that does not fit', 'payload-invalid', 'user.created', { name: 7 }],
    ['no data', 'payload-invalid', 'user.created', undefined],
    ['an async schema', 'schema-async', 'async.checked', 'x'],
    ['a key function that throws', 'key-failed', 'keyed.badly', {}],
  ]
  it.each(cases)('%s: %s', (_name, code, topic, data) => {
    const bus = createBus({ catalog })
    const seen = vi.fn()
    const refused: Signal[] = []
    bus.subscribe('**', seen)
    bus.tap$.subscribe((signal) => signal.type === 'refused' && refused.push(signal))
    const error = thrown(() => untyped(bus).publish(topic, data))
    expect(error.code).toBe(code)
    expect(refused).toMatchObject([{ error }])
    expect(seen).not.toHaveBeenCalled()
    expect(bus.history()).toEqual([])
    expect(bus.stats()).toMatchObject({ published: 0, failures: 0 })
    bus.publish('user.created', { name: 'Ada' })
    expect(seen).toHaveBeenCalledOnce()
  })

  it("invalid data tells zod's issues with their paths, in the message and as facts", () => {
    const Order = defineEvent('order.placed', {
      data: z.object({ lines: z.array(z.object({ count: z.number() })) }),
    })
    const bus = createBus({ catalog: defineCatalog(Order) })
    const error = thrown(() =>
      untyped(bus).publish('order.placed', { lines: [{ count: 1 }, { count: 'two' }] }),
    )
    expect(isBusError(error, 'payload-invalid') && error.details).toEqual({
      topic: 'order.placed',
      issues: [{ path: ['lines', 1, 'count'], message: expect.stringContaining('number') }],
    })
    expect(error.message).toContain('lines.1.count')
  })

  it('an async schema that rejects leaves no unhandled rejection', async () => {
    const later: Schema<string> = {
      '~standard': { version: 1, vendor: 'test', validate: () => Promise.reject(new Error('later')) },
    }
    const bus = createBus({ catalog: defineCatalog(defineEvent('rejecting', { data: later })) })
    expect(thrown(() => bus.publish('rejecting', 'x')).code).toBe('schema-async')
    await microtasks()
  })

  it('an internal topic is refused without a catalog too', () => {
    expect(thrown(() => createBus().publish('$alert', 1)).code).toBe('topic-invalid')
  })

  it('a publish that is refused inside a handler is that handler’s failure', async () => {
    const bus = createBus({ catalog, logger: recordingLogger('silent') })
    bus.subscribe('user.created', () => untyped(bus).publish('nowhere', 1), { name: 'careless' })
    const { outcomes } = await bus.settled(bus.publish('user.created', { name: 'Ada' }))
    expect(outcomes).toMatchObject([
      { handler: 'careless', status: 'failed', error: { code: 'topic-unknown' } },
    ])
  })
})

describe('what a subscriber does wrong is thrown to the subscriber', () => {
  it.each(['', 'a..b', 'a.b*', 'a b', '***', 'a.'.repeat(16) + 'a', 'x'.repeat(256)])(
    'the pattern "%s"',
    (pattern) => {
      const bus = createBus()
      expect(thrown(() => bus.subscribe(pattern, () => undefined)).code).toBe('pattern-invalid')
      expect(thrown(() => bus.history(pattern)).code).toBe('pattern-invalid')
      expect(bus.subscriptions()).toEqual([])
    },
  )

  it('one bad pattern among good ones subscribes to none', () => {
    const bus = createBus()
    const handler = vi.fn()
    expect(thrown(() => bus.subscribe(['a', 'b*'], handler)).code).toBe('pattern-invalid')
    bus.publish('a', 1)
    expect(handler).not.toHaveBeenCalled()
    expect(bus.subscriptions()).toEqual([])
  })

  it('a refused subscription leaves no listener on the signal', () => {
    const { signal } = new AbortController()
    const add = vi.spyOn(signal, 'addEventListener')
    expect(thrown(() => createBus().subscribe('a b', () => undefined, { signal })).code).toBe(
      'pattern-invalid',
    )
    expect(add).not.toHaveBeenCalled()
  })

  it.each([
    ['a priority that is no number', { priority: Number.NaN }],
    ['an empty name', { name: '' }],
  ])('%s', (_name, policy) => {
    expect(thrown(() => createBus().subscribe('a', () => undefined, policy)).code).toBe('option-invalid')
  })

  it('a handler that is no function', () => {
    expect(thrown(() => createBus().subscribe('a', 'not a function' as never)).code).toBe('option-invalid')
  })

  it('a limit that is no whole number', () => {
    expect(thrown(() => createBus().iterate('a', { limit: 0 })).code).toBe('option-invalid')
    expect(thrown(() => createBus({ history: { capacity: -1 } })).code).toBe('option-invalid')
  })

  it('waitFor with a bad pattern rejects', async () => {
    await expect(createBus().waitFor('a..b')).rejects.toMatchObject({ code: 'pattern-invalid' })
  })
})

describe('errors', () => {
  it('are told by code, also across two copies of the package', () => {
    const error = thrown(() => createBus({ catalog: shop }).publish(UserCreated({ name: 7 } as never)))
    const copy = { name: error.name, code: error.code }
    expect(isBusError(copy, 'payload-invalid')).toBe(true)
    expect(isBusError(copy, 'bus-closed')).toBe(false)
    expect(isBusError(new Error('no'))).toBe(false)
    expect(isBusError(null)).toBe(false)
  })

  it('carry what lay behind them', () => {
    const cause = new Error('no key')
    const Keyed = defineEvent('keyed', {
      data: z.object({}),
      key: () => {
        throw cause
      },
    })
    expect(thrown(() => createBus({ catalog: defineCatalog(Keyed) }).publish('keyed', {})).cause).toBe(cause)
  })
})

describe('in development', () => {
  it('events and their plain data are frozen, so that a handler that changes them fails at once', async () => {
    const bus = createBus({ development: true, logger: recordingLogger('silent') })
    bus.subscribe('a', (event) => {
      ;(event.data as { list: number[] }).list.push(1)
    })
    const event = bus.publish('a', { list: [], when: new Date(0) })
    const { outcomes } = await bus.settled(event)
    expect(outcomes[0]?.error).toBeInstanceOf(TypeError)
    expect(Object.isFrozen(event)).toBe(true)
  })

  it('data with a cycle is no trouble', () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    expect(() => createBus({ development: true }).publish('a', loop)).not.toThrow()
  })
})
