import { describe, expect, it, vi } from 'vitest'
import { createBus, type DeadLetter, exponential, isBusError, type Signal } from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'

const once = { retry: false } as const

function scene(options: Parameters<typeof createBus>[0] = {}) {
  const clock = manualTime()
  const bus = createBus({ clock, logger: recordingLogger('silent'), ...options })
  const signals: Signal[] = []
  bus.tap$.subscribe((signal) => signals.push(signal))
  const state = { isBroken: true }
  const calls: string[] = []
  const handler = (name: string) => (event: { readonly data: unknown }) => {
    calls.push(`${name} ${String(event.data)}`)
    if (state.isBroken) throw new Error(`${name} is broken`)
  }
  return { clock, bus, signals, state, calls, handler }
}

describe('dead letters', () => {
  it('hold the event, the handler, each error with its time, and are told as they come', async () => {
    const { bus, clock, handler, signals } = scene()
    const added: DeadLetter[] = []
    bus.deadLetters.added$.subscribe((letter) => added.push(letter))
    bus.subscribe('a.*', handler('mail'), {
      name: 'mail',
      retry: exponential({ attempts: 2, first: 10, random: () => 1 }),
    })
    const event = bus.publish('a.b', 1)
    clock.advance(10)
    await microtasks()
    const [letter] = bus.deadLetters.list()
    expect(letter).toMatchObject({ kind: 'failed', event, handler: 'mail', patterns: ['a.*'], at: 1_000_010 })
    expect(letter!.attempts.map(({ at, attempt }) => [attempt, at])).toEqual([
      [1, 1_000_000],
      [2, 1_000_010],
    ])
    expect(added).toEqual([letter])
    expect(signals.some((signal) => signal.type === 'buried' && signal.letter === letter)).toBe(true)
  })

  it('are listed oldest first, by pattern, handler, kind and error', () => {
    const { bus, handler } = scene()
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    bus.subscribe('b', handler('search'), { name: 'search', ...once })
    bus.publish('a', 1)
    bus.publish('b', 2)
    bus.publish('a', 3)
    const data = (letters: readonly DeadLetter[]): unknown => letters.map(({ event }) => event.data)
    expect(data(bus.deadLetters.list())).toEqual([1, 2, 3])
    expect(data(bus.deadLetters.list({ limit: 2 }))).toEqual([1, 2])
    expect(data(bus.deadLetters.list({ handler: 'search' }))).toEqual([2])
    expect(data(bus.deadLetters.list({ pattern: 'a' }))).toEqual([1, 3])
    expect(data(bus.deadLetters.list({ error: 'MAIL IS' }))).toEqual([1, 3])
    expect(data(bus.deadLetters.list({ kind: 'overflow' }))).toEqual([])
    expect(() => bus.deadLetters.list({ pattern: 'a..b' })).toThrow('not a pattern')
  })

  it('a redrive reaches exactly the handler that gave up', async () => {
    const { bus, handler, state, calls } = scene()
    const other = vi.fn()
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    bus.subscribe('a', other)
    bus.publish('a', 1)
    state.isBroken = false
    const [letter] = bus.deadLetters.list()
    expect(await bus.deadLetters.redrive(letter!.id)).toMatchObject([{ status: 'handled' }])
    expect(calls).toEqual(['mail 1', 'mail 1'])
    expect(other).toHaveBeenCalledTimes(1)
    expect(bus.deadLetters.size).toBe(0)
    expect(bus.stats()).toMatchObject({ published: 1, delivered: 2, buried: 1 })
  })

  it('one that fails again is back, the same letter with the new attempts', async () => {
    const { bus, handler } = scene()
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    bus.publish('a', 1)
    const [before] = bus.deadLetters.list()
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'failed' }])
    const [after] = bus.deadLetters.list()
    expect(after!.id).toBe(before!.id)
    expect(after!.attempts).toHaveLength(2)
    expect(bus.deadLetters.size).toBe(1)
  })

  it('a redriven event says that it comes again, and waits for its turn in its lane', async () => {
    const { bus } = scene()
    const seen: string[] = []
    let isBroken = true
    bus.subscribe(
      'a',
      async (event, { isReplay }) => {
        seen.push(`${String(event.data)} ${isReplay}`)
        await Promise.resolve()
        if (isBroken) throw new Error('no')
      },
      once,
    )
    bus.publish('a', 1, { subject: 'x' })
    await bus.drain()
    isBroken = false
    bus.publish('a', 2, { subject: 'x' })
    const redriven = bus.deadLetters.redrive({})
    expect(seen).toEqual(['1 false', '2 false'])
    await redriven
    expect(seen).toEqual(['1 false', '2 false', '1 true'])
  })

  it('goes to a subscription that has taken over the name, when its own has ended', async () => {
    const { bus, handler, state, calls } = scene()
    const subscription = bus.subscribe('a', handler('old'), { name: 'mail', ...once })
    bus.publish('a', 1)
    subscription.unsubscribe()
    state.isBroken = false
    bus.subscribe('a', handler('new'), { name: 'mail' })
    await bus.deadLetters.redrive({ handler: 'mail' })
    expect(calls).toEqual(['old 1', 'new 1'])
  })

  it('an id that is gone, and a handler that is gone, are told apart', async () => {
    const { bus, handler } = scene()
    const subscription = bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    bus.publish('a', 1)
    subscription.unsubscribe()
    const [letter] = bus.deadLetters.list()
    await expect(bus.deadLetters.redrive(letter!.id)).rejects.toMatchObject({ code: 'handler-gone' })
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'handler-gone' }])
    await expect(bus.deadLetters.redrive('nothing')).rejects.toMatchObject({ code: 'letter-unknown' })
    expect(bus.deadLetters.size).toBe(1)
  })

  it('one that is being redriven is not redriven twice', async () => {
    const { bus } = scene()
    let calls = 0
    let end = (): void => {}
    const mail = (): Promise<void> =>
      ++calls === 1 ? Promise.reject(new Error('no')) : new Promise((resolve) => (end = resolve))
    bus.subscribe('a', mail, { name: 'mail', ...once })
    await bus.settled(bus.publish('a', 1))
    const [letter] = bus.deadLetters.list()
    const first = bus.deadLetters.redrive(letter!.id)
    await microtasks()
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'under-way' }])
    end()
    expect(await first).toMatchObject([{ status: 'handled' }])
    expect(calls).toBe(2)
  })

  it('a dry run says what would go where, and moves nothing', async () => {
    const { bus, handler, calls } = scene()
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    bus.publish('a', 1)
    expect(await bus.deadLetters.redrive({}, { dryRun: true })).toMatchObject([{ status: 'would-go' }])
    expect(calls).toEqual(['mail 1'])
    expect(bus.deadLetters.size).toBe(1)
  })

  it('a rate spreads them over time, and a signal ends it', async () => {
    const { bus, clock, handler, calls, state } = scene()
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    for (let n = 0; n < 5; n++) bus.publish('a', n)
    calls.length = 0
    state.isBroken = false
    const controller = new AbortController()
    const redriven = bus.deadLetters.redrive({}, { rate: 10, signal: controller.signal })
    await microtasks()
    expect(calls).toHaveLength(1)
    clock.advance(100)
    await microtasks()
    expect(calls).toHaveLength(2)
    controller.abort()
    expect(await redriven).toHaveLength(2)
    expect(bus.deadLetters.size).toBe(3)
  })

  it('are bounded: the oldest go, counted and signalled once', () => {
    const { bus, handler, signals } = scene({ deadLetters: { capacity: 2 } })
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    for (let n = 0; n < 5; n++) bus.publish('a', n)
    expect(bus.deadLetters.list().map(({ event }) => event.data)).toEqual([3, 4])
    expect(bus.stats().dropped.deadLetters).toBe(3)
    const overflows = signals.filter(
      (signal) => signal.type === 'overflow' && signal.memory === 'dead-letters',
    )
    expect(overflows).toHaveLength(1)
  })

  it('are discarded one by one or by filter', () => {
    const { bus, handler } = scene()
    bus.subscribe('*', handler('mail'), { name: 'mail', ...once })
    for (const topic of ['a', 'b', 'b']) bus.publish(topic, 1)
    expect(bus.deadLetters.discard(bus.deadLetters.list()[0]!.id)).toBe(1)
    expect(bus.deadLetters.discard({ pattern: 'b' })).toBe(2)
    expect(bus.deadLetters.size).toBe(0)
  })

  it('on a strict bus an event that nobody takes is one, and goes to whoever takes it later', async () => {
    const { bus, handler, state, calls } = scene({ strict: true })
    bus.publish('a', 1)
    expect(bus.deadLetters.list()).toMatchObject([{ kind: 'unrouted', handler: undefined }])
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'handler-gone' }])
    state.isBroken = false
    bus.subscribe('a', handler('late'))
    expect(await bus.deadLetters.redrive({})).toMatchObject([{ status: 'handled' }])
    expect(calls).toEqual(['late 1'])
    expect(bus.deadLetters.size).toBe(0)
  })
})

describe('alerts', () => {
  const rule = { on: 'failures', threshold: 3, window: 1_000 } as const

  it('are raised once a window, with the evidence', () => {
    const { bus, clock, handler } = scene({ alerts: [rule] })
    const alerts: unknown[] = []
    bus.alerts$.subscribe((alert) => alerts.push(alert))
    bus.subscribe('a', handler('mail'), { name: 'mail', ...once })
    for (let n = 0; n < 3; n++) {
      bus.publish('a', n)
      clock.advance(100)
    }
    expect(alerts).toMatchObject([
      { name: 'failures', threshold: 3, evidence: [{}, {}, { handler: 'mail' }] },
    ])
    bus.publish('a', 4)
    expect(alerts).toHaveLength(1)
    clock.advance(2_000)
    for (let n = 0; n < 3; n++) bus.publish('a', n)
    expect(alerts).toHaveLength(2)
  })

  it('stay silent when the occasions are too far apart', () => {
    const { bus, clock, handler } = scene({ alerts: [rule] })
    const raised = vi.fn()
    bus.alerts$.subscribe(raised)
    bus.subscribe('a', handler('mail'), once)
    for (let n = 0; n < 9; n++) {
      bus.publish('a', n)
      clock.advance(501)
    }
    expect(raised).not.toHaveBeenCalled()
  })

  it('are events of the bus itself, which no wildcard of the app sees and no one else can publish', () => {
    const { bus, handler } = scene({ alerts: [{ ...rule, name: 'mail', threshold: 1, pattern: 'mail.**' }] })
    const [own, all] = [vi.fn(), vi.fn()]
    bus.subscribe('$alert.*', own)
    bus.subscribe('**', all)
    bus.subscribe('mail.requested', handler('mail'), once)
    bus.publish('other', 1)
    bus.publish('mail.requested', 1)
    expect(own).toHaveBeenCalledTimes(1)
    expect(own.mock.calls[0]![0]).toMatchObject({
      type: '$alert.mail',
      data: { on: 'failures', threshold: 1 },
    })
    expect(all).toHaveBeenCalledTimes(2)
    expect(() => bus.publish('$alert.mail', 1)).toThrow('kept for the bus itself')
  })

  it('that nobody subscribes to do not count as unhandled', () => {
    const { bus, handler, signals } = scene({ alerts: [{ ...rule, threshold: 1 }] })
    bus.subscribe('a', handler('mail'), once)
    bus.publish('a', 1)
    const told = signals.map(({ type }) => type)
    expect(told).toContain('alert')
    expect(told).not.toContain('unhandled')
    expect(bus.stats().unhandled).toBe(0)
  })

  it('by default ten dead letters within a minute', () => {
    const { bus, handler } = scene()
    const raised = vi.fn()
    bus.alerts$.subscribe(raised)
    bus.subscribe('a', handler('mail'), once)
    for (let n = 0; n < 9; n++) bus.publish('a', n)
    expect(raised).not.toHaveBeenCalled()
    bus.publish('a', 9)
    expect(raised).toHaveBeenCalledTimes(1)
  })

  it('a slow handler is named, signalled, and can raise one', async () => {
    const { bus, clock, signals } = scene({
      alerts: [{ on: 'slow', threshold: 1, window: 1_000, slowerThan: 500 }],
    })
    const raised = vi.fn()
    bus.alerts$.subscribe(raised)
    let end: () => void = () => {}
    bus.subscribe('a', () => new Promise<void>((resolve) => (end = resolve)), { name: 'slow' })
    bus.publish('a', 1)
    clock.advance(1_500)
    end()
    await microtasks()
    expect(signals.filter(({ type }) => type === 'slow')).toMatchObject([{ ms: 1_500, isBlocking: false }])
    expect(raised).toHaveBeenCalledTimes(1)
  })

  it('rules are checked', () => {
    const isRefused = (rules: object): boolean => {
      try {
        createBus({ alerts: [{ on: 'slow', threshold: 1, window: 1, ...rules }] })
        return false
      } catch (error) {
        return isBusError(error)
      }
    }
    expect([{ threshold: 0 }, { window: -1 }, { pattern: '..' }, {}].map(isRefused)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})
