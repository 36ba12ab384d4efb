import { Subscription as RxSubscription } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { type BusEvent, createBus, type Subscription } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'
import { OrderPaid, shop, UserCreated, UserDeleted, UserLogin } from './shop.ts'

const idPattern = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe('publishing', () => {
  it('returns the sealed event at once', () => {
    const bus = createBus({ catalog: shop, source: 'signup', clock: manualTime(5_000) })
    const event = bus.publish('user.created', { name: 'Ada' }, { userId: 'u1', subject: 'account-7' })
    expect(event).toEqual({
      id: expect.stringMatching(idPattern),
      type: 'user.created',
      source: 'signup',
      subject: 'account-7',
      userId: 'u1',
      key: 'account-7',
      time: 5_000,
      data: { name: 'Ada' },
      version: 1,
      correlationId: event.id,
      causationId: undefined,
      traceparent: undefined,
      hops: 0,
    })
  })

  it('an event without a user is global, and its key is its subject, else its user', () => {
    const bus = createBus()
    expect(bus.publish('a', 1).userId).toBeNull()
    expect(bus.publish('a', 1).key).toBeUndefined()
    expect(bus.publish('a', 1, { userId: 'u1' }).key).toBe('u1')
    expect(bus.publish('a', 1, { userId: 'u1', subject: 's1' }).key).toBe('s1')
  })

  it('takes the version and the key from the definition', () => {
    const bus = createBus({ catalog: shop })
    const event = bus.publish('order.payment.completed', { orderId: 'o-1', total: 3 })
    expect(event.version).toBe(2)
    expect(event.key).toBe('o-1')
  })

  it('hands on what the publisher says of cause, flow and trace', () => {
    const told = { correlationId: 'flow', causationId: 'cause', traceparent: '00-ab-cd-01' }
    expect(createBus().publish('a', 1, told)).toMatchObject(told)
  })

  it('a draft from the definition is the same as topic and data', () => {
    const bus = createBus({ catalog: shop })
    const seen: BusEvent[] = []
    bus.subscribe(UserCreated, (event) => seen.push(event))
    const event = bus.publish(UserCreated({ name: 'Ada' }, { userId: 'u1' }))
    expect(seen).toEqual([event])
    expect(event).toMatchObject({ type: 'user.created', data: { name: 'Ada' }, userId: 'u1' })
  })

  it("handlers get the schema's output, not what the publisher gave", () => {
    const bus = createBus({ catalog: shop })
    const seen: unknown[] = []
    bus.subscribe(UserDeleted, (event) => seen.push(event.data))
    bus.publish('user.deleted', {})
    expect(seen).toEqual([{ reason: 'asked' }])
  })

  it('never waits for a handler', () => {
    const bus = createBus()
    let done = false
    bus.subscribe('a', async () => {
      await Promise.resolve()
      done = true
    })
    bus.publish('a', 1)
    expect(done).toBe(false)
  })

  it('ids can be made elsewhere', () => {
    let made = 0
    const bus = createBus({ newId: () => `id-${++made}` })
    expect([bus.publish('a', 1).id, bus.publish('a', 1).id]).toEqual(['id-1', 'id-2'])
  })
})

describe('subscribing', () => {
  it('takes a topic, a pattern, a definition, or an array of them; several matches are one call', () => {
    const bus = createBus({ catalog: shop })
    const calls: string[] = []
    bus.subscribe('user.created', (event) => calls.push(`topic ${event.type}`))
    bus.subscribe('user.*', (event) => calls.push(`pattern ${event.type}`))
    bus.subscribe(UserCreated, (event) => calls.push(`definition ${event.type}`))
    bus.subscribe(['user.*', UserCreated, '**'], (event) => calls.push(`array ${event.type}`))
    bus.publish('user.created', { name: 'Ada' })
    expect(calls).toEqual(['topic', 'pattern', 'definition', 'array'].map((by) => `${by} user.created`))
  })

  it('the same function twice is two subscriptions', () => {
    const bus = createBus()
    const handler = vi.fn()
    bus.subscribe('a', handler)
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    expect(handler).toHaveBeenCalledTimes(2)
  })

  it('bus.unsubscribe ends the oldest subscription of that handler under that pattern, and says so', () => {
    const bus = createBus()
    const handler = vi.fn()
    const [first, second] = [bus.subscribe('user.*', handler), bus.subscribe('user:*', handler)]
    bus.subscribe('user.**', handler)
    expect(bus.unsubscribe('user.*', handler)).toBe(true)
    expect([first.closed, second.closed]).toEqual([true, false])
    expect(bus.unsubscribe('user.*', handler)).toBe(true)
    expect(bus.unsubscribe('user.*', handler)).toBe(false)
    bus.publish('user.created', 1)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('once: the first event ends it, before the handler is called', () => {
    const bus = createBus()
    const seen: unknown[] = []
    const subscription: Subscription = bus.subscribe(
      'a',
      (event) => seen.push([event.data, subscription.closed]),
      { once: true },
    )
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect(seen).toEqual([[1, true]])
  })

  it("once: the handler's own signal is not aborted by that, but by a close of the bus", async () => {
    const bus = createBus()
    const signals: AbortSignal[] = []
    bus.subscribe(
      'a',
      async (_event, { signal }) => {
        signals.push(signal)
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      },
      { once: true },
    )
    bus.publish('a', 1)
    expect(signals[0]?.aborted).toBe(false)
    await bus.close()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('where: only what fits is handled, and once waits for it', () => {
    const bus = createBus({ catalog: shop })
    const seen: string[] = []
    bus.subscribe('user.created', ({ data }) => seen.push(data.name), {
      where: ({ data }) => data.name > 'B',
      once: true,
    })
    for (const name of ['Ada', 'Bea', 'Cleo']) bus.publish('user.created', { name })
    expect(seen).toEqual(['Bea'])
  })

  it('an AbortSignal ends it; an aborted one makes it closed', () => {
    const bus = createBus()
    const handler = vi.fn()
    const controller = new AbortController()
    const subscription = bus.subscribe('a', handler, { signal: controller.signal })
    bus.publish('a', 1)
    controller.abort()
    bus.publish('a', 2)
    expect(handler).toHaveBeenCalledTimes(1)
    expect(subscription.closed).toBe(true)
    expect(bus.subscribe('a', handler, { signal: controller.signal }).closed).toBe(true)
    expect(bus.subscriptions()).toEqual([])
  })

  it('fits RxJS subscriptions, using, and being handed on', () => {
    const bus = createBus()
    const handler = vi.fn()
    const rx = new RxSubscription()
    rx.add(bus.subscribe('a', handler))
    const { unsubscribe } = bus.subscribe('a', handler)
    const disposable = bus.subscribe('a', handler)
    rx.unsubscribe()
    unsubscribe()
    disposable[Symbol.dispose]()
    disposable.unsubscribe()
    bus.publish('a', 1)
    expect(handler).not.toHaveBeenCalled()
  })

  it("the context's signal is aborted when the subscription ends, also when it is asked for later", () => {
    const bus = createBus()
    const signals: AbortSignal[] = []
    const contexts: { readonly signal: AbortSignal }[] = []
    const early = bus.subscribe('a', (_event, { signal }) => signals.push(signal))
    const late = bus.subscribe('a', (_event, context) => contexts.push(context))
    bus.publish('a', 1)
    expect(signals[0]?.aborted).toBe(false)
    early.unsubscribe()
    late.unsubscribe()
    expect(signals[0]?.aborted).toBe(true)
    expect(contexts[0]?.signal.aborted).toBe(true)
  })

  it('handlers are called as plain functions', () => {
    const bus = createBus()
    const seen: unknown[] = []
    bus.subscribe('a', function (this: unknown) {
      seen.push(this)
    })
    bus.publish('a', 1)
    bus.publish('a', 1)
    expect(seen).toEqual([undefined, undefined])
  })

  it('subscriptions() lists them in the order of calling, with their counts', () => {
    const bus = createBus({ source: 'app', logger: recordingLogger('silent') })
    bus.subscribe('user.*', () => undefined, { name: 'second' })
    bus.subscribe(['a', 'b'], function first() {}, { priority: 1 })
    bus.subscribe('a', () => {
      throw new Error('no')
    })
    bus.publish('a', 1)
    const facts = bus.subscriptions().map(({ name, patterns, priority, scope, delivered, failures }) => {
      return { name, patterns, priority, scope, delivered, failures }
    })
    expect(facts).toEqual([
      { name: 'first', patterns: ['a', 'b'], priority: 1, scope: 'app', delivered: 1, failures: 0 },
      { name: 'second', patterns: ['user.*'], priority: 0, scope: 'app', delivered: 0, failures: 0 },
      { name: 'anonymous', patterns: ['a'], priority: 0, scope: 'app', delivered: 0, failures: 1 },
    ])
  })

  it('counts calls exactly over thousands of events, across timed and untimed ones, then asynchronous ones', async () => {
    const bus = createBus()
    let asynchronous = false
    bus.subscribe('a', () => (asynchronous ? Promise.resolve() : undefined))
    for (let i = 0; i < 1_000; i++) bus.publish('a', i)
    asynchronous = true
    for (let i = 0; i < 10; i++) bus.publish('a', i)
    expect(bus.subscriptions()[0]?.delivered).toBe(1_000)
    await bus.drain()
    expect(bus.subscriptions()[0]?.delivered).toBe(1_010)
    expect(bus.stats()).toMatchObject({ published: 1_010, delivered: 1_010, failures: 0 })
  })

  it('leaves nothing behind: what the handler held can be collected', () => {
    const bus = createBus()
    const subscription = bus.subscribe('user.*', () => undefined)
    bus.publish('user.created', 1)
    const inside = subscription as unknown as { readonly handler: unknown }
    const held = inside.handler
    subscription.unsubscribe()
    expect(inside.handler).not.toBe(held)
    expect(bus.subscriptions()).toEqual([])
  })
})

describe('observing', () => {
  it('is an Observable per call: it subscribes when subscribed to, and ends with it', () => {
    const bus = createBus({ catalog: shop })
    const names: string[] = []
    const created$ = bus.observe('user.created')
    expect(bus.subscriptions()).toHaveLength(0)
    const subscription = created$.subscribe((event) => names.push(event.data.name))
    bus.publish('user.created', { name: 'Ada' })
    subscription.unsubscribe()
    bus.publish('user.created', { name: 'Bea' })
    expect(names).toEqual(['Ada'])
    expect(bus.subscriptions()).toHaveLength(0)
  })

  it('completes when the bus closes', async () => {
    const bus = createBus()
    const complete = vi.fn()
    bus.observe('**').subscribe({ complete })
    await bus.close()
    expect(complete).toHaveBeenCalledOnce()
  })
})

describe('what became of an event', () => {
  it('settled tells each handler by name, in order, once all have finished', async () => {
    const bus = createBus({ logger: recordingLogger('silent') })
    const failure = new Error('no')
    bus.subscribe('a', () => undefined, { name: 'plain' })
    bus.subscribe('*', async () => Promise.resolve(), { name: 'slow' })
    bus.subscribe('a', () => undefined, { name: 'not concerned', where: () => false })
    bus.subscribe('a', () => Promise.reject(failure), { name: 'failing', retry: false })
    bus.subscribe('a', () => undefined, { name: 'last' })
    const event = bus.publish('a', 1)
    const { outcomes } = await bus.settled(event)
    expect(outcomes.map(({ handler, status, attempts }) => [handler, status, attempts])).toEqual([
      ['plain', 'handled', 1],
      ['slow', 'handled', 1],
      ['failing', 'failed', 1],
      ['last', 'handled', 1],
    ])
    expect(outcomes[2]?.error).toBe(failure)
  })

  it('is known afterwards too, by the event or a copy of it', async () => {
    const bus = createBus()
    bus.subscribe('a', () => undefined, { name: 'plain' })
    const event = bus.publish('a', 1)
    bus.publish('a', 2)
    expect((await bus.settled({ ...event })).outcomes).toMatchObject([
      { handler: 'plain', status: 'handled' },
    ])
  })

  it('inside a handler, an event that waits its turn can be asked for', async () => {
    const bus = createBus()
    let inner: Promise<unknown> | undefined
    bus.subscribe('outer', () => {
      inner = bus.settled(bus.publish('inner', 1))
    })
    bus.subscribe('inner', () => undefined, { name: 'inside' })
    bus.publish('outer', 1)
    expect(await inner).toMatchObject({ outcomes: [{ handler: 'inside' }] })
  })

  it('an event of another bus, or one that has left the history, is unknown', async () => {
    const bus = createBus({ history: { capacity: 1 } })
    const event = bus.publish('a', 1)
    bus.publish('a', 2)
    await expect(bus.settled(event)).rejects.toMatchObject({ code: 'event-unknown' })
    await expect(bus.settled(createBus().publish('a', 1))).rejects.toMatchObject({ code: 'event-unknown' })
  })

  it('drain waits for every handler, also of events that handlers publish', async () => {
    const bus = createBus()
    const done: string[] = []
    bus.subscribe('a', async () => {
      await Promise.resolve()
      bus.publish('b', 1)
      done.push('a')
    })
    bus.subscribe('b', async () => {
      await Promise.resolve()
      done.push('b')
    })
    bus.publish('a', 1)
    await bus.drain()
    expect(done).toEqual(['a', 'b'])
  })

  it('drain gives up after its timeout and says what is left', async () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    bus.subscribe('a', () => new Promise(() => undefined))
    bus.publish('a', 1)
    const drained = bus.drain({ timeout: 500 })
    clock.advance(500)
    await expect(drained).rejects.toMatchObject({ code: 'drain-timeout', details: { ms: 500, inFlight: 1 } })
    expect(clock.timers).toBe(0)
  })
})

describe('closing', () => {
  it('delivers what was published, aborts what runs, waits for it, and refuses the rest', async () => {
    const bus = createBus({ source: 'app' })
    const seen: string[] = []
    bus.subscribe('a', () => {
      bus.publish('b', 1)
      void bus.close()
    })
    bus.subscribe('b', async (_event, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      seen.push('b was stopped')
    })
    bus.publish('a', 1)
    await bus.close()
    expect(seen).toEqual(['b was stopped'])
    expect(() => bus.publish('a', 1)).toThrow(expect.objectContaining({ code: 'bus-closed' }))
    expect(() => bus.subscribe('a', () => undefined)).toThrow(expect.objectContaining({ code: 'bus-closed' }))
    expect(bus.subscriptions()).toEqual([])
  })

  it('twice is the same close', async () => {
    const bus = createBus()
    expect(bus.close()).toBe(bus.close())
    await bus.close()
  })

  it('with a timeout it does not wait for a handler that never ends', async () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    bus.subscribe('a', () => new Promise(() => undefined))
    bus.publish('a', 1)
    const closed = bus.close({ timeout: 100 })
    await microtasks()
    clock.advance(100)
    await expect(closed).rejects.toMatchObject({ code: 'drain-timeout' })
    expect(() => bus.publish('a', 1)).toThrow(expect.objectContaining({ code: 'bus-closed' }))
  })
})

describe('history', () => {
  it('gives the newest of a type or a pattern, newest first', () => {
    const bus = createBus({ catalog: shop })
    bus.publish('user.created', { name: 'Ada' })
    bus.publish('user:login', { device: 'phone' })
    bus.publish('user.created', { name: 'Bea' })
    bus.publish(OrderPaid({ orderId: 'o', total: 1 }))
    expect(bus.history(UserCreated).map(({ data }) => data.name)).toEqual(['Bea', 'Ada'])
    expect(bus.history('user.*', { limit: 2 }).map(({ type }) => type)).toEqual([
      'user.created',
      'user:login',
    ])
    expect(bus.history().map(({ type }) => type)).toEqual([
      'order.payment.completed',
      'user.created',
      'user:login',
      'user.created',
    ])
    expect(bus.history(UserLogin, { limit: 1 })[0]).toMatchObject({
      time: expect.any(Number),
      data: { device: 'phone' },
    })
  })

  it('holds what is published inside a handler at once, and keeps the order of publishing', () => {
    const bus = createBus()
    let inside: string[] = []
    bus.subscribe('a', () => {
      bus.publish('b', 1)
      inside = bus.history().map(({ type }) => type)
    })
    bus.publish('a', 1)
    expect(inside).toEqual(['b', 'a'])
  })
})
