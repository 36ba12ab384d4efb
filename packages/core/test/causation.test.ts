import { describe, expect, it } from 'vitest'
import { type BusEvent, createBus, isBusError, trace, type TraceNode, traceparentOf } from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

const quiet = { logger: recordingLogger('silent') }

function types(node: TraceNode | undefined): unknown {
  return node && [node.event.type, ...node.effects.map(types)]
}

describe('causation', () => {
  it.for([0, 1, 2])(
    'is known however little history is kept (%i) and however much is published',
    (capacity) => {
      const bus = createBus({ history: { capacity } })
      const effects: string[] = []
      for (const name of ['first', 'second'])
        bus.subscribe('order.paid', ({ data }) => {
          for (const n of [1, 2, 3]) bus.publish('mail.requested', `${String(data)} ${name} ${n}`)
        })
      bus.subscribe('mail.requested', ({ data }) => void bus.publish('mail.sent', data))
      bus.subscribe('mail.sent', ({ data, causationId, correlationId }) => {
        effects.push(`${String(data)}: ${named.get(causationId!)} in ${named.get(correlationId)}`)
      })
      const named = new Map<string, string>()
      bus.subscribe('**', ({ id, type, data }) => void named.set(id, `${type} ${String(data)}`), {
        priority: 1,
      })
      for (const order of ['a', 'b']) bus.publish('order.paid', order)
      expect(effects).toEqual(
        ['a', 'b'].flatMap((order) =>
          ['first', 'second'].flatMap((name) =>
            [1, 2, 3].map((n) => {
              const mail = `${order} ${name} ${n}`
              return `${mail}: mail.requested ${mail} in order.paid ${order}`
            }),
          ),
        ),
      )
    },
  )

  it('what a handler publishes knows its cause and its flow', () => {
    const bus = createBus()
    bus.subscribe('a', () => void bus.publish('b', 1))
    bus.subscribe('b', () => void bus.publish('c', 1))
    const a = bus.publish('a', 1)
    const [c, b] = bus.history('*', { limit: 2 })
    expect(b).toMatchObject({ causationId: a.id, correlationId: a.id })
    expect(c).toMatchObject({ causationId: b!.id, correlationId: a.id })
    expect(a.causationId).toBeUndefined()
  })

  it('after an await through the context, which may be taken apart', async () => {
    const bus = createBus({ source: 'shop' })
    const scope = bus.scope('mailer')
    scope.subscribe('a', async (_event, { publish }) => {
      await Promise.resolve()
      publish('b', 1)
    })
    const a = bus.publish('a', 1)
    await bus.drain()
    expect(bus.history('b')[0]).toMatchObject({ causationId: a.id, correlationId: a.id, source: 'mailer' })
  })

  it('what is published beside a handler has no cause, also right after one', async () => {
    const bus = createBus()
    bus.subscribe('a', async () => {
      await Promise.resolve()
      bus.publish('b', 1) // without the context nobody can know
    })
    bus.publish('a', 1)
    const after = bus.publish('c', 1)
    await bus.drain()
    expect(after.causationId).toBeUndefined()
    expect(bus.history('b')[0]?.causationId).toBeUndefined()
  })

  it('each of several handlers of an event is a cause of its own effects only', () => {
    const bus = createBus()
    for (const name of ['one', 'two']) {
      const scope = bus.scope(name)
      scope.subscribe('a', (event) => void scope.publish(`${name}.done`, event.data))
    }
    const a = bus.publish('a', 1)
    for (const name of ['one', 'two'])
      expect(bus.history(`${name}.done`)[0]).toMatchObject({ source: name, causationId: a.id })
  })

  it('a retried handler and a handler behind a lane are causes too', async () => {
    const bus = createBus(quiet)
    bus.subscribe(
      'a',
      async (_event, { attempt, publish }) => {
        await Promise.resolve()
        if (attempt === 1) throw new Error('no')
        publish('b', attempt)
      },
      { retry: { attempts: 2, delay: () => 0 } },
    )
    const events = [bus.publish('a', 1, { subject: 'x' }), bus.publish('a', 2, { subject: 'x' })]
    await bus.drain()
    expect(bus.history('b').map(({ causationId }) => causationId)).toEqual(
      events.map(({ id }) => id).toReversed(),
    )
  })

  it('what the publisher says of the cause counts more', () => {
    const bus = createBus()
    bus.subscribe('a', () => void bus.publish('b', 1, { causationId: 'x', correlationId: 'y' }))
    bus.publish('a', 1)
    expect(bus.history('b')[0]).toMatchObject({ causationId: 'x', correlationId: 'y' })
  })

  it('a handler that finds its context without declaring it may use it, but not after an await', async () => {
    const bus = createBus()
    const errors: unknown[] = []
    bus.subscribe('a', function (_event: BusEvent) {
      const context = arguments[1] as {
        publish: (topic: string, data: unknown) => BusEvent
        signal: AbortSignal
      }
      context.publish('b', 1)
      void Promise.resolve().then(() => {
        try {
          return context.signal
        } catch (error) {
          return errors.push(error)
        }
      })
    })
    bus.publish('z', 1)
    const first = bus.publish('a', 1) // looked at
    const second = bus.publish('a', 1) // the common way
    expect(bus.history('b').map(({ causationId }) => causationId)).toEqual([second.id, first.id])
    await microtasks()
    expect(errors.map((error) => isBusError(error, 'context-late'))).toEqual([true])
  })
})

describe('W3C trace context', () => {
  it('a flow is one trace, each event a span of its own', () => {
    const bus = createBus()
    bus.subscribe('a', () => void bus.publish('b', 1))
    const a = bus.publish('a', 1)
    const [b] = bus.history('b')
    const [, trace1, span1] = traceparentOf(a).split('-')
    const [version, trace2, span2, flags] = b!.traceparent!.split('-')
    expect([version, flags]).toEqual(['00', '01'])
    expect(trace2).toBe(trace1)
    expect(trace2).toMatch(/^[\da-f]{32}$/)
    expect(span2).toMatch(/^[\da-f]{16}$/)
    expect(span2).not.toBe(span1)
  })

  it('one that came from outside is carried on', () => {
    const bus = createBus()
    bus.subscribe('a', () => void bus.publish('b', 1))
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'
    bus.publish('a', 1, { traceparent })
    expect(bus.history('b')[0]?.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[\da-f]{16}-00$/)
  })

  it('ids of any kind make valid ones', () => {
    const bus = createBus({ newId: () => 'order-1' })
    expect(traceparentOf(bus.publish('a', 1))).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
  })
})

describe('trace', () => {
  it('is the whole flow, whichever of its events is asked for', () => {
    const bus = createBus()
    bus.subscribe('a', () => {
      bus.publish('b', 1)
      bus.publish('c', 1)
    })
    bus.subscribe('b', () => void bus.publish('d', 1))
    bus.publish('x', 1)
    const a = bus.publish('a', 1)
    const expected = ['a', ['b', ['d']], ['c']]
    expect(types(trace(bus, a.id))).toEqual(expected)
    expect(types(trace(bus, bus.history('d')[0]!.id))).toEqual(expected)
    expect(trace(bus, 'unknown')).toBeUndefined()
  })
})

describe('the loop guard', () => {
  it('stops events that cause each other in circles, and names the circle and its handlers', async () => {
    const logger = recordingLogger('error')
    const bus = createBus({ logger, maxDepth: 10 })
    bus.subscribe('a', () => void bus.publish('b', 1), { name: 'pinger' })
    bus.subscribe('b', () => void bus.publish('a', 1), { name: 'ponger' })
    bus.publish('a', 1)
    expect(bus.history('*')).toHaveLength(10)
    const [entry] = logger.entries
    expect(isBusError(entry?.error, 'event-loop')).toBe(true)
    expect(String(entry?.error)).toContain('a → (pinger) → b → (ponger) → a')
    expect(bus.deadLetters.list()).toHaveLength(1)
  })

  it('also when they wait for something on the way', async () => {
    const bus = createBus({ ...quiet, maxDepth: 10 })
    bus.subscribe('a', async (_event, { publish }) => {
      await Promise.resolve()
      publish('a', 1)
    })
    bus.publish('a', 1)
    await bus.drain()
    expect(bus.history('*')).toHaveLength(10)
  })
})
