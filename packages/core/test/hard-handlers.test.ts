import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  type BusEvent,
  createBus,
  defineCatalog,
  defineEvent,
  isBusError,
  type Subscription,
} from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { plain, tappedBus } from './tapped-bus.ts'
import { recordingLogger } from './recording-logger.ts'

describe('rule 5: after unsubscribe() a handler is not called again', () => {
  it('not for events that wait in its lane, which are cancelled, while the call at work goes on', async () => {
    const { bus, told } = tappedBus()
    const begun: unknown[] = []
    let end = (): void => {}
    const subscription = bus.subscribe('a', (event, { signal }) => {
      begun.push(event.data)
      signal.addEventListener('abort', () => begun.push('aborted'))
      return new Promise<void>((resolve) => (end = resolve))
    })
    const [first, second] = [1, 2].map((n) => bus.publish('a', n, { subject: 'x' }))
    subscription.unsubscribe()
    end()
    expect((await bus.settled(first!)).outcomes).toMatchObject([{ status: 'handled' }])
    expect((await bus.settled(second!)).outcomes).toMatchObject([{ status: 'cancelled', attempts: 0 }])
    expect(begun).toEqual([1, 'aborted'])
    expect(told('cancelled')).toMatchObject([{ reason: 'unsubscribed', event: { data: 2 } }])
  })

  it('not for a retry: what sleeps is cancelled, and its timer with it', async () => {
    const { bus, clock, pass } = tappedBus()
    const handler = vi.fn(() => Promise.reject(new Error('no')))
    const subscription = bus.subscribe('a', handler, { retry: plain })
    const event = bus.publish('a', 1)
    await microtasks()
    expect(clock.timers).toBe(1)
    subscription.unsubscribe()
    expect(clock.timers).toBe(0)
    await pass(60_000)
    expect(handler).toHaveBeenCalledTimes(1)
    expect((await bus.settled(event)).outcomes).toMatchObject([{ status: 'cancelled', attempts: 1 }])
    expect(bus.deadLetters.size).toBe(0)
  })

  it('an asynchronous handler that unsubscribes itself finishes its event, and gets none of those that wait', async () => {
    const { bus } = tappedBus()
    const calls: unknown[] = []
    const subscription: Subscription = bus.subscribe('a', async (event) => {
      await Promise.resolve()
      subscription.unsubscribe()
      calls.push(event.data)
    })
    const events = [1, 2, 3].map((n) => bus.publish('a', n, { subject: 'x' }))
    await bus.drain()
    const settled = await Promise.all(events.map((event) => bus.settled(event)))
    expect(calls).toEqual([1])
    expect(settled.map(({ outcomes }) => outcomes[0]?.status)).toEqual(['handled', 'cancelled', 'cancelled'])
  })
})

describe('rule 6: what a handler does wrong reaches nobody else', () => {
  it('a call that is given up is aborted, also when the calls before it were done at once, and nobody watches', async () => {
    const clock = manualTime()
    const bus = createBus({ clock, logger: recordingLogger('silent') })
    const aborted: string[] = []
    const handler =
      (name: string) =>
      ({ data }: BusEvent, { signal }: { readonly signal: AbortSignal }): unknown => {
        signal.addEventListener('abort', () => aborted.push(`${name} ${String(data)}`))
        return data === 'slow' ? new Promise(() => {}) : undefined
      }
    bus.subscribe('a', handler('timed'), { timeout: 50, retry: false })
    bus.subscribe('a', handler('latest'), { order: 'latest' })
    for (const data of ['quick', 'quick', 'slow']) bus.publish('a', data)
    clock.advance(50)
    bus.publish('a', 'last')
    await microtasks()
    expect(aborted).toEqual(['timed slow', 'latest slow'])
  })

  it('a handler that never settles holds up its own key only, and drain says how many', async () => {
    const { bus, clock } = tappedBus()
    const other = vi.fn()
    const stuck = vi.fn((_event: BusEvent) => new Promise(() => {}))
    bus.subscribe('a', stuck)
    bus.subscribe('a', other)
    for (const subject of ['x', 'x', 'y']) bus.publish('a', 1, { subject })
    expect(other).toHaveBeenCalledTimes(3)
    expect(stuck.mock.calls.map(([{ subject }]) => subject)).toEqual(['x', 'y'])
    const drained = bus.drain({ timeout: 1_000 })
    await microtasks()
    clock.advance(1_000)
    await expect(drained).rejects.toMatchObject({ code: 'drain-timeout', details: { inFlight: 3 } })
  })

  it('throws undefined: that is a failure like any, retried and buried', async () => {
    const { bus, pass } = tappedBus()
    const handler = vi.fn((): void => {
      throw undefined
    })
    bus.subscribe('a', handler, { retry: plain })
    const event = bus.publish('a', 1)
    await pass(100)
    await pass(200)
    expect(handler).toHaveBeenCalledTimes(3)
    expect((await bus.settled(event)).outcomes).toMatchObject([{ status: 'failed', error: undefined }])
    expect(bus.deadLetters.list()).toMatchObject([{ attempts: [{}, {}, {}], error: undefined }])
  })

  it('rejects after its timeout: that is counted once, and its retry is not disturbed', async () => {
    const { bus, pass, told } = tappedBus()
    const rejects: ((error: Error) => void)[] = []
    const handler = (): Promise<never> => new Promise((_, reject) => rejects.push(reject))
    bus.subscribe('a', handler, { timeout: 50, retry: plain })
    const event = bus.publish('a', 1)
    await pass(50)
    await pass(100) // the second call is going on
    rejects[0]!(new Error('too late'))
    await microtasks()
    expect(
      told('failed').map(({ attempt, error }) => [attempt, isBusError(error, 'handler-timeout')]),
    ).toEqual([[1, true]])
    rejects[1]!(new Error('in time'))
    await pass(200)
    await pass(50)
    expect((await bus.settled(event)).outcomes).toMatchObject([{ status: 'failed', attempts: 3 }])
    expect(bus.stats()).toMatchObject({ failures: 3, buried: 1, delivered: 0 })
  })

  it('publishes 10,000 events: all are handled, in order, and nobody runs out of stack', () => {
    const { bus } = tappedBus({ history: { capacity: 10 } })
    const seen: unknown[] = []
    bus.subscribe('begin', () => {
      for (let n = 0; n < 10_000; n++) bus.publish('a', n)
    })
    bus.subscribe('a', ({ data }) => seen.push(data))
    bus.publish('begin', 1)
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n))
  })

  it('10,000 events of one key wait behind one that ends, and go without running out of stack', async () => {
    const { bus } = tappedBus()
    let seen = 0
    let end = (): void => {}
    bus.subscribe(
      'a',
      ({ data }) => {
        seen++
        return data === 0 ? new Promise<void>((resolve) => (end = resolve)) : undefined
      },
      { queue: { limit: 10_000 } },
    )
    for (let n = 0; n <= 10_000; n++) bus.publish('a', n, { subject: 'x' })
    expect(seen).toBe(1)
    end()
    await bus.drain()
    expect(seen).toBe(10_001)
  })

  it('a key function that throws tells the publisher, and nobody gets the event', () => {
    const Keyed = defineEvent('keyed', {
      data: z.object({}),
      key: () => {
        throw new Error('no key')
      },
    })
    const { bus } = tappedBus({ catalog: defineCatalog(Keyed) })
    const handler = vi.fn()
    bus.subscribe('**', handler)
    expect(() => bus.publish('keyed', {})).toThrow(
      expect.objectContaining({ code: 'key-failed', cause: new Error('no key') }),
    )
    expect(handler).not.toHaveBeenCalled()
    expect(bus.stats().published).toBe(0)
  })

  it('a retry policy that throws is no retry', async () => {
    const { bus, pass, logger } = tappedBus()
    const handler = vi.fn(() => Promise.reject(new Error('no')))
    const retry = {
      attempts: 3,
      delay: (): number => {
        throw new Error('bad policy')
      },
    }
    bus.subscribe('a', handler, { retry })
    bus.publish('a', 1)
    await pass(60_000)
    expect(handler).toHaveBeenCalledTimes(1)
    expect(bus.deadLetters.size).toBe(1)
    expect(logger.entries.map(({ message }) => message)).toContain('a retry policy threw; not retried')
  })
})

describe('rule 7: one handler sees the events of one key one at a time and in order', () => {
  it('also while an earlier one is being retried, and after it was given up; other keys and handlers go on', async () => {
    const { bus, pass } = tappedBus()
    const [calls, others]: [string[], string[]] = [[], []]
    bus.subscribe(
      'a',
      async ({ data }, { attempt }) => {
        calls.push(`${String(data)}#${attempt}`)
        if (data === 'x1') throw new Error('no')
      },
      { retry: plain },
    )
    bus.subscribe('a', ({ data }) => others.push(String(data)))
    for (const name of ['x1', 'x2', 'y1', 'x3']) bus.publish('a', name, { subject: name[0] })
    await pass(100)
    expect(calls).toEqual(['x1#1', 'y1#1', 'x1#2'])
    await pass(200)
    expect(calls).toEqual(['x1#1', 'y1#1', 'x1#2', 'x1#3', 'x2#1', 'x3#1'])
    expect(others).toEqual(['x1', 'x2', 'y1', 'x3'])
  })

  it("the key is the definition's, else the subject, else the user", async () => {
    const Moved = defineEvent('moved', {
      data: z.object({ cart: z.string() }),
      key: ({ data }) => data.cart,
    })
    const { bus } = tappedBus({ catalog: defineCatalog(Moved, defineEvent('seen', { data: z.unknown() })) })
    expect(bus.publish('moved', { cart: 'c' }, { subject: 's', userId: 'u' }).key).toBe('c')
    expect(bus.publish('seen', 1, { subject: 's', userId: 'u' }).key).toBe('s')
    expect(bus.publish('seen', 1, { userId: 'u' }).key).toBe('u')
    expect(bus.publish('seen', 1).key).toBeUndefined()
  })
})

describe('rule 8: retry is per handler, and a redrive reaches only the handler that gave up', () => {
  it('a dead letter holds the event, the handler, and the error and time of every attempt', async () => {
    const { bus, pass } = tappedBus()
    const fine = vi.fn()
    let isBroken = true
    const broken = vi.fn((_event: BusEvent, { attempt }: { readonly attempt: number }) => {
      if (isBroken) throw new Error(`no ${attempt}`)
    })
    bus.subscribe('a', fine)
    bus.subscribe('a', broken, { name: 'broken', retry: plain })
    const event = bus.publish('a', 1)
    await pass(100)
    await pass(200)
    expect([fine.mock.calls.length, broken.mock.calls.length]).toEqual([1, 3])
    const [letter] = bus.deadLetters.list()
    expect(letter).toMatchObject({ event, handler: 'broken' })
    expect(letter!.attempts.map(({ at, error }) => [at, String(error)])).toEqual([
      [1_000_000, 'Error: no 1'],
      [1_000_100, 'Error: no 2'],
      [1_000_300, 'Error: no 3'],
    ])
    isBroken = false
    await bus.deadLetters.redrive(letter!.id)
    expect([fine.mock.calls.length, broken.mock.calls.length]).toEqual([1, 4])
    expect(bus.deadLetters.size).toBe(0)
  })

  it('two handlers of one name that give up on one event leave two letters, each redriven to its own', async () => {
    const { bus } = tappedBus()
    const calls: string[] = []
    let isBroken = true
    for (const name of ['first', 'second'])
      bus.subscribe(
        'a',
        () => {
          calls.push(name)
          if (isBroken) throw new Error(`${name} is broken`)
        },
        { retry: false },
      )
    bus.publish('a', 1)
    expect(bus.deadLetters.list().map(({ error }) => String(error))).toEqual([
      'Error: first is broken',
      'Error: second is broken',
    ])
    const [, second] = bus.deadLetters.list()
    await bus.deadLetters.redrive(second!.id)
    expect(bus.deadLetters.list().map(({ attempts }) => attempts.length)).toEqual([1, 2])
    isBroken = false
    await bus.deadLetters.redrive(second!.id)
    expect(calls).toEqual(['first', 'second', 'second', 'second'])
    expect(bus.deadLetters.list().map(({ error }) => String(error))).toEqual(['Error: first is broken'])
  })

  it('once means one event, also when that comes as a redrive', async () => {
    const { bus } = tappedBus()
    let isBroken = true
    const handler = vi.fn(() => {
      if (isBroken) throw new Error('no')
    })
    const policy = { name: 'mail', retry: false, once: true } as const
    bus.subscribe('a', handler, policy)
    bus.publish('a', 1)
    isBroken = false
    const next = bus.subscribe('a', handler, policy)
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'handled' }])
    expect(next.closed).toBe(true)
    bus.publish('a', 2)
    expect(handler).toHaveBeenCalledTimes(2)
  })
})

describe('rule 12: every memory of delivery is bounded', () => {
  it('a lane, a subscription, the dead letters, and the attempts that a letter holds', async () => {
    const { bus, told } = tappedBus({ deadLetters: { capacity: 5 } })
    bus.subscribe('a', () => new Promise(() => {}), { queue: { limit: 3, total: 4 } })
    for (let n = 0; n < 20; n++) bus.publish('a', n, { subject: n % 2 ? 'x' : 'y' })
    expect(bus.subscriptions()[0]).toMatchObject({ pending: 6, buried: 14 })
    expect(bus.deadLetters.size).toBe(5)
    expect(bus.stats().dropped.deadLetters).toBe(9)
    expect(told('overflow')).toMatchObject([{ memory: 'dead-letters', capacity: 5 }])
  })

  it('a full queue refuses only events that its handler wants', () => {
    const { bus } = tappedBus()
    bus.subscribe('a', () => new Promise(() => {}), {
      order: 'serial',
      queue: { limit: 0, overflow: 'error' },
      where: ({ data }) => data !== 'other',
    })
    bus.publish('a', 1)
    expect(() => bus.publish('a', 'other')).not.toThrow()
    expect(() => bus.publish('a', 2)).toThrow(expect.objectContaining({ code: 'queue-full' }))
  })

  it('a letter that is redriven for ever keeps the newest 100 attempts', async () => {
    const { bus } = tappedBus()
    let calls = 0
    bus.subscribe('a', () => Promise.reject(new Error(`no ${++calls}`)), { retry: false })
    bus.publish('a', 1)
    await bus.drain()
    for (let n = 0; n < 120; n++) await bus.deadLetters.redrive({})
    const { attempts } = bus.deadLetters.list()[0]!
    expect(attempts).toHaveLength(100)
    expect(String(attempts.at(-1)?.error)).toBe('Error: no 121')
  })
})

describe('drain and close', () => {
  it('drain waits for retries that sleep', async () => {
    const { bus, pass } = tappedBus()
    const drained = vi.fn()
    bus.subscribe(
      'a',
      (_event, { attempt }) => {
        if (attempt < 3) throw new Error('no')
      },
      { retry: plain },
    )
    bus.publish('a', 1)
    void bus.drain().then(drained)
    await pass(100)
    expect(drained).not.toHaveBeenCalled()
    await pass(200)
    expect(drained).toHaveBeenCalledOnce()
  })

  it('close does not wait for retries that sleep: they are cancelled, and no timer is left', async () => {
    const { bus, clock, told } = tappedBus()
    bus.subscribe('a', () => Promise.reject(new Error('no')), { retry: plain })
    bus.publish('a', 1)
    await microtasks()
    await bus.close()
    expect(clock.timers).toBe(0)
    expect(told('cancelled')).toMatchObject([{ reason: 'unsubscribed' }])
    expect(told('closed')).toHaveLength(1)
    expect(bus.deadLetters.size).toBe(0)
  })

  it('a handler that closes the bus in mid-dispatch: the event still reaches the others, later ones nobody', async () => {
    const { bus } = tappedBus()
    const calls: unknown[] = []
    let closed: Promise<void> | undefined
    bus.subscribe('a', (event) => {
      if (event.data !== 1) return
      bus.publish('a', 2)
      closed = bus.close()
      expect(() => bus.publish('a', 3)).toThrow(expect.objectContaining({ code: 'bus-closed' }))
    })
    bus.subscribe('a', (event) => calls.push(event.data))
    bus.publish('a', 1)
    expect(calls).toEqual([1, 2])
    await closed
    expect(bus.subscriptions()).toEqual([])
    expect(() => bus.subscribe('a', () => {})).toThrow(expect.objectContaining({ code: 'bus-closed' }))
  })

  it('a handler that awaits the closing it began does not hold it up for ever', async () => {
    const { bus, clock } = tappedBus()
    let closing: Promise<unknown> | undefined
    bus.subscribe('a', async () => {
      closing = bus.close({ timeout: 100 }).catch((error: unknown) => error)
      await closing
    })
    bus.publish('a', 1)
    await microtasks()
    clock.advance(100)
    expect(isBusError(await closing, 'drain-timeout')).toBe(true)
  })

  it('close aborts what runs, and waits for it', async () => {
    const { bus } = tappedBus()
    const handler = (_event: BusEvent, { signal }: { readonly signal: AbortSignal }): Promise<void> =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    await expect(bus.close()).resolves.toBeUndefined()
  })
})

describe('what somebody should know', () => {
  it('a handler that holds everything up is named as blocking, once a minute', () => {
    const { bus, clock, told, logger } = tappedBus()
    bus.subscribe('a', () => clock.advance(60), { name: 'heavy' })
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect(told('slow')).toMatchObject([{ subscription: { name: 'heavy' }, ms: 60, isBlocking: true }])
    clock.advance(60_000)
    bus.publish('a', 3)
    expect(told('slow')).toHaveLength(2)
    expect(logger.entries.map(({ message }) => message)).toEqual(
      Array(2).fill('the handler "heavy" took 60 ms, and nothing else could happen meanwhile'),
    )
  })

  it('a handler that is slow is named, but not as blocking; the bounds can be set', async () => {
    const { bus, clock, told } = tappedBus({ slowness: { slow: 10, blocking: 5 } })
    let end = (): void => {}
    bus.subscribe('a', () => new Promise<void>((resolve) => (end = resolve)), { name: 'slow' })
    bus.publish('a', 1)
    clock.advance(10)
    end()
    await microtasks()
    expect(told('slow')).toMatchObject([{ ms: 10, isBlocking: false }])
  })

  it('one that is quick is not named', async () => {
    const { bus, clock, told } = tappedBus()
    bus.subscribe('a', () => clock.advance(49))
    bus.subscribe('a', () => Promise.resolve())
    bus.publish('a', 1)
    await microtasks()
    expect(told('slow')).toEqual([])
  })

  it('a hundred subscriptions that look the same are named in development: at 100, 200, 400', () => {
    const { bus, told } = tappedBus({ development: true })
    const [other] = Array.from({ length: 450 }, () => bus.subscribe('a', () => {}, { name: 'leak' }))
    expect(
      told('warning').map(({ warning, topic, detail }) => [warning, topic, detail.split(' ')[0]]),
    ).toEqual([
      ['subscriptions-many', 'a', '100'],
      ['subscriptions-many', 'a', '200'],
      ['subscriptions-many', 'a', '400'],
    ])
    other!.unsubscribe()
    for (let n = 0; n < 90; n++) bus.subscribe('a', () => {}, { name: `own ${n}` })
    expect(told('warning')).toHaveLength(3)
  })

  it('those that are ended again are no crowd; outside development nobody counts', () => {
    const [careful, careless] = [tappedBus({ development: true }), tappedBus()]
    for (let n = 0; n < 500; n++) {
      careful.bus.subscribe('a', () => {}, { name: 'x' }).unsubscribe()
      careless.bus.subscribe('a', () => {}, { name: 'x' })
    }
    expect([...careful.told('warning'), ...careless.told('warning')]).toEqual([])
  })

  it('a large payload is named in development, once per topic', () => {
    const { bus, told } = tappedBus({ development: true, largePayload: 100 })
    for (const topic of ['a', 'a', 'b']) bus.publish(topic, 'x'.repeat(100))
    bus.publish('c', 'x'.repeat(90))
    bus.publish('d', 1n) // has no JSON, and so no size
    expect(told('warning').map(({ warning, topic }) => [warning, topic])).toEqual([
      ['payload-large', 'a'],
      ['payload-large', 'b'],
    ])
  })

  it('by default from 65,536 characters on', () => {
    const { bus, told } = tappedBus({ development: true })
    bus.publish('a', 'x'.repeat(65_533))
    expect(told('warning')).toEqual([])
    bus.publish('a', 'x'.repeat(65_534)) // and two quotes
    expect(told('warning')).toHaveLength(1)
  })

  it('where a subscription was made, when stacks are kept', () => {
    const { bus } = tappedBus({ keepStacks: true })
    const subscribeHere = (): Subscription => bus.subscribe('a', () => {})
    subscribeHere()
    expect(bus.subscriptions()[0]!.madeAt).toContain('subscribeHere')
    const other = tappedBus().bus
    other.subscribe('a', () => {})
    expect(other.subscriptions()[0]!.madeAt).toBeUndefined()
  })

  it('events that nobody handles are counted and told; one that is filtered out counts as unhandled', () => {
    const { bus, told } = tappedBus()
    bus.subscribe('a', () => {}, { where: ({ data }) => data === 1 })
    for (const n of [1, 2]) bus.publish('a', n)
    bus.publish('b', 3)
    expect(told('unhandled').map(({ event }) => event.data)).toEqual([2, 3])
    expect(bus.stats()).toMatchObject({ unhandled: 2, delivered: 1 })
  })
})
