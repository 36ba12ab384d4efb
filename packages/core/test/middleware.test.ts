import { expect, it, vi } from 'vitest'
import { type BusEvent, createBus, type Middleware, type Signal } from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

it('passes events on, first to last, and may change them for everybody behind it', () => {
  const order: string[] = []
  const first: Middleware = (event, next) => {
    order.push('first')
    next({ ...event, data: `${String(event.data)}!` })
  }
  const second: Middleware = (event, next) => {
    order.push(`second ${String(event.data)}`)
    next(event)
  }
  const bus = createBus({ middleware: [first, second] })
  const seen: unknown[] = []
  bus.subscribe('a', (event) => seen.push(event.data))
  const event = bus.publish('a', 'hi')
  expect(order).toEqual(['first', 'second hi!'])
  expect(seen).toEqual(['hi!'])
  expect(bus.history()).toMatchObject([{ id: event.id, data: 'hi!' }])
})

it('drops an event by not passing it on, which is signalled', () => {
  const bus = createBus({ middleware: [(event, next) => event.data !== 'secret' && next(event)] })
  const seen = vi.fn()
  const dropped: Signal[] = []
  bus.subscribe('a', seen)
  bus.tap$.subscribe((signal) => signal.type === 'dropped' && dropped.push(signal))
  const event = bus.publish('a', 'secret')
  bus.publish('a', 'open')
  expect(seen).toHaveBeenCalledTimes(1)
  expect(dropped).toMatchObject([{ event, reason: 'middleware' }])
  expect(bus.stats().published).toBe(1)
})

it('delays an event by passing it on later', () => {
  const held: (() => void)[] = []
  const bus = createBus({ middleware: [(event, next) => held.push(() => next(event))] })
  const seen = vi.fn()
  bus.subscribe('a', seen)
  bus.publish('a', 1)
  expect(seen).not.toHaveBeenCalled()
  for (const release of held) release()
  expect(seen).toHaveBeenCalledOnce()
})

it.each<[string, Middleware]>([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  ['rejects', async () => Promise.reject(new Error('no'))],
])(
  'one that %s drops the event: signalled and logged, never thrown at the publisher',
  async (_name, middleware) => {
    const logger = recordingLogger('error')
    const bus = createBus({ middleware: [middleware], logger })
    const dropped: string[] = []
    bus.tap$.subscribe((signal) => signal.type === 'dropped' && dropped.push(signal.reason))
    bus.publish('a', 1)
    await microtasks()
    expect(dropped).toContain('middleware-failed')
    expect(logger.entries).toHaveLength(1)
  },
)

it('one that gives the event a topic that is none drops it', () => {
  const bus = createBus({
    middleware: [(event, next) => next({ ...event, type: 'a b' })],
    logger: recordingLogger('silent'),
  })
  const dropped: Signal[] = []
  bus.tap$.subscribe((signal) => signal.type === 'dropped' && dropped.push(signal))
  bus.publish('a', 1)
  expect(dropped).toMatchObject([{ reason: 'middleware-failed', error: { code: 'topic-invalid' } }])
})

it('also stands before events that arrive from elsewhere', async () => {
  const bus = createBus({ middleware: [(event, next) => event.type !== 'b' && next(event)] })
  const seen: BusEvent[] = []
  bus.subscribe('**', (event) => seen.push(event))
  const elsewhere = createBus()
  expect(await bus.inlet.accept(elsewhere.publish('a', 1), 'link')).toEqual({ handled: 1, failed: [] })
  expect(await bus.inlet.accept(elsewhere.publish('b', 1), 'link')).toEqual({ handled: 0, failed: [] })
  expect(seen.map(({ type }) => type)).toEqual(['a'])
})
