import { describe, expect, it, vi } from 'vitest'
import { type BusEvent, createBus, exponential, isBusError, type Policy } from '../src/index.ts'
import { microtasks } from './microtasks.ts'
import { recordingLogger } from './recording-logger.ts'
import { plain, tappedBus } from './tapped-bus.ts'

/** Fails the first `times` calls with each event. */
function failing(times: number, calls: string[] = []) {
  const seen = new Map<string, number>()
  return (event: BusEvent, context: { readonly attempt: number }): void => {
    const count = (seen.get(event.id) ?? 0) + 1
    seen.set(event.id, count)
    calls.push(`${String(event.data)}#${context.attempt}`)
    if (count <= times) throw new Error(`no ${count}`)
  }
}

describe('retry', () => {
  it('a failing handler is called again after each wait, and is then done', async () => {
    const { bus, pass, signals } = tappedBus()
    const calls: string[] = []
    bus.subscribe('a', failing(2, calls), { name: 'shaky', retry: plain })
    const event = bus.publish('a', 'x')
    expect(calls).toEqual(['x#1'])
    await pass(99)
    expect(calls).toEqual(['x#1'])
    await pass(1)
    expect(calls).toEqual(['x#1', 'x#2'])
    await pass(200)
    expect(calls).toEqual(['x#1', 'x#2', 'x#3'])
    expect((await bus.settled(event)).outcomes).toMatchObject([{ status: 'handled', attempts: 3 }])
    expect(bus.stats()).toMatchObject({ delivered: 1, failures: 2, buried: 0 })
    expect(signals.flatMap((one) => (one.type === 'failed' ? [[one.attempt, one.retryIn]] : []))).toEqual([
      [1, 100],
      [2, 200],
    ])
  })

  it('by default three calls, then a dead letter with each error', async () => {
    const { bus, pass } = tappedBus()
    bus.subscribe('a', failing(9), { name: 'broken' })
    bus.publish('a', 'x')
    await pass(1_000)
    await pass(4_000)
    const [letter] = bus.deadLetters.list()
    expect(letter).toMatchObject({ kind: 'failed', handler: 'broken', event: { data: 'x' } })
    expect(letter!.attempts.map(({ attempt, error }) => [attempt, String(error)])).toEqual([
      [1, 'Error: no 1'],
      [2, 'Error: no 2'],
      [3, 'Error: no 3'],
    ])
  })

  it('the others, the publisher and other handlers of the event, are untouched', () => {
    const { bus } = tappedBus()
    const other = vi.fn()
    bus.subscribe('a', failing(9), { name: 'broken' })
    bus.subscribe('a', other)
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect(other).toHaveBeenCalledTimes(2)
  })

  it('an error that retryIf says no to is given up at once', async () => {
    const { bus, pass } = tappedBus()
    const handler = vi.fn(() => Promise.reject(new Error('for good')))
    bus.subscribe('a', handler, {
      retry: exponential({ retryIf: (error) => !String(error).includes('for good') }),
    })
    bus.publish('a', 1)
    await pass(60_000)
    expect(handler).toHaveBeenCalledTimes(1)
    expect(bus.deadLetters.size).toBe(1)
  })

  it('what a handler did wrong itself is not tried again by default', async () => {
    const { bus, pass } = tappedBus()
    const handler = vi.fn((_event: BusEvent) => bus.publish('not a topic!', 1))
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    await pass(60_000)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('nothing is retried once the subscription has ended: the outcome says so', async () => {
    const { bus, pass, signals } = tappedBus()
    const handler = vi.fn(failing(9))
    const subscription = bus.subscribe('a', handler)
    const event = bus.publish('a', 1)
    subscription.unsubscribe()
    await pass(60_000)
    expect(handler).toHaveBeenCalledTimes(1)
    expect((await bus.settled(event)).outcomes).toMatchObject([
      { status: 'cancelled', reason: 'unsubscribed' },
    ])
    expect(signals.some(({ type }) => type === 'cancelled')).toBe(true)
  })

  it('a synchronous handler that has failed is cheap again once that is done with: one call in 64 is timed', async () => {
    const bus = createBus({ logger: recordingLogger('silent') })
    let calls = 0
    bus.subscribe(
      'a',
      () => {
        if (++calls === 2) throw new Error('no')
      },
      { retry: false },
    )
    for (let n = 0; n < 642; n++) bus.publish('a', n)
    expect(bus.stats().byType['a']).toMatchObject({ delivered: 641, failures: 1, ms: { samples: 11 } })
    expect(bus.subscriptions()[0]).toMatchObject({ delivered: 641, failures: 1, buried: 1, pending: 0 })
  })

  it('one that takes a single event still retries that', async () => {
    const { bus, pass } = tappedBus()
    const calls: string[] = []
    bus.subscribe('a', failing(1, calls), { once: true })
    bus.publish('a', 'x')
    bus.publish('a', 'y')
    await pass(1_000)
    expect(calls).toEqual(['x#1', 'x#2'])
  })
})

describe('timeout', () => {
  it('aborts the call, which has failed then, and what it comes to later is ignored', async () => {
    const { bus, pass } = tappedBus()
    let finish: () => void = () => {}
    let reason: unknown
    bus.subscribe(
      'a',
      (_event, { signal }) => {
        signal.addEventListener('abort', () => (reason = signal.reason))
        return new Promise<void>((resolve) => (finish = resolve))
      },
      { timeout: 50, retry: false, name: 'slow' },
    )
    const event = bus.publish('a', 1)
    await pass(50)
    const { outcomes } = await bus.settled(event)
    expect(outcomes).toMatchObject([{ status: 'failed', ms: 50 }])
    expect(isBusError(reason, 'handler-timeout')).toBe(true)
    finish()
    await microtasks()
    expect(bus.stats()).toMatchObject({ delivered: 0, failures: 1, buried: 1 })
  })
})

describe('order', () => {
  /** Ends by hand, one after the other. */
  function manual() {
    const begun: string[] = []
    const ends = new Map<string, () => void>()
    return {
      begun,
      end: async (name: string) => {
        ends.get(name)!()
        await microtasks()
      },
      handler: (event: BusEvent) => {
        begun.push(String(event.data))
        return new Promise<void>((resolve) => ends.set(String(event.data), resolve))
      },
    }
  }
  const send = (bus: ReturnType<typeof tappedBus>['bus'], ...names: string[]): void => {
    for (const name of names) bus.publish('a', name, { subject: name[0] })
  }

  it('key: events of one key wait for each other, other keys do not', async () => {
    const { bus } = tappedBus()
    const { begun, end, handler } = manual()
    bus.subscribe('a', handler)
    send(bus, 'x1', 'x2', 'y1', 'x3')
    expect(begun).toEqual(['x1', 'y1'])
    await end('x1')
    expect(begun).toEqual(['x1', 'y1', 'x2'])
    await end('x2')
    expect(begun).toEqual(['x1', 'y1', 'x2', 'x3'])
  })

  it('key: later events wait while an earlier one is being retried', async () => {
    const { bus, pass } = tappedBus()
    const calls: string[] = []
    bus.subscribe('a', failing(1, calls), { retry: plain })
    send(bus, 'x1', 'x2', 'y1')
    expect(calls).toEqual(['x1#1', 'y1#1'])
    await pass(100)
    expect(calls).toEqual(['x1#1', 'y1#1', 'x1#2', 'x2#1', 'y1#2'])
  })

  it('an event without a key waits for nobody', () => {
    const { bus } = tappedBus()
    const { begun, handler } = manual()
    bus.subscribe('a', handler)
    bus.publish('a', 1)
    bus.publish('a', 2)
    expect(begun).toEqual(['1', '2'])
  })

  it('serial: one at a time', async () => {
    const { bus } = tappedBus()
    const { begun, end, handler } = manual()
    bus.subscribe('a', handler, { order: 'serial' })
    send(bus, 'x1', 'y1', 'z1')
    expect(begun).toEqual(['x1'])
    await end('x1')
    expect(begun).toEqual(['x1', 'y1'])
  })

  it('parallel: nobody waits, but for the limit of concurrency', async () => {
    const { bus } = tappedBus()
    const { begun, end, handler } = manual()
    bus.subscribe('a', handler, { order: 'parallel', concurrency: 2 })
    send(bus, 'x1', 'x2', 'x3', 'x4')
    expect(begun).toEqual(['x1', 'x2'])
    await end('x2')
    expect(begun).toEqual(['x1', 'x2', 'x3'])
  })

  it('a key that sleeps until its retry leaves its place to others', async () => {
    const { bus, pass } = tappedBus()
    const calls: string[] = []
    bus.subscribe('a', async (event, context) => failing(1, calls)(event, context), {
      concurrency: 1,
      retry: plain,
    })
    send(bus, 'x1', 'y1')
    await microtasks()
    expect(calls).toEqual(['x1#1', 'y1#1'])
    await pass(100)
    expect(calls.length).toBeGreaterThanOrEqual(4)
  })

  it('latest: the one before is aborted and given up', async () => {
    const { bus } = tappedBus()
    const aborted: unknown[] = []
    bus.subscribe(
      'a',
      (event, { signal }) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => aborted.push(event.data))
          if (event.data === 'x2') resolve()
        }),
      { order: 'latest' },
    )
    const first = bus.publish('a', 'x1')
    const second = bus.publish('a', 'x2')
    expect(aborted).toEqual(['x1'])
    expect((await bus.settled(first)).outcomes).toMatchObject([{ status: 'cancelled', reason: 'superseded' }])
    expect((await bus.settled(second)).outcomes).toMatchObject([{ status: 'handled' }])
  })

  it('exhaust: the new one is left out', async () => {
    const { bus } = tappedBus()
    const { begun, end, handler } = manual()
    bus.subscribe('a', handler, { order: 'exhaust' })
    send(bus, 'x1')
    const left = bus.publish('a', 'y1')
    expect((await bus.settled(left)).outcomes).toMatchObject([{ status: 'cancelled', reason: 'exhausted' }])
    await end('x1')
    send(bus, 'z1')
    expect(begun).toEqual(['x1', 'z1'])
  })

  it('what a retried handler publishes waits for its turn, as always', async () => {
    const { bus, pass } = tappedBus()
    const calls: string[] = []
    bus.subscribe(
      'a',
      (_event, { attempt, publish }) => {
        if (attempt === 1) throw new Error('no')
        publish('b', 1)
        calls.push('a is done')
      },
      { retry: plain },
    )
    bus.subscribe('b', () => void calls.push('b'))
    bus.publish('a', 1)
    await pass(100)
    expect(calls).toEqual(['a is done', 'b'])
  })
})

describe('a queue at its limit', () => {
  const over = async (overflow: 'oldest' | 'newest' | 'error', total?: number) => {
    const { bus } = tappedBus()
    const begun: unknown[] = []
    const policy: Policy = { queue: { limit: 2, overflow, ...(total !== undefined && { total }) } }
    bus.subscribe('a', (event) => (begun.push(event.data), new Promise(() => {})), policy)
    const errors: unknown[] = []
    for (const name of ['1', '2', '3', '4'])
      try {
        bus.publish('a', name, { subject: 'x' })
      } catch (error) {
        errors.push(error)
      }
    return { bus, errors, buried: bus.deadLetters.list().map(({ kind, event }) => [kind, event.data]) }
  }

  it('newest: what has no place is buried', async () => {
    const { buried, bus } = await over('newest')
    expect(buried).toEqual([['overflow', '4']])
    expect(bus.stats()).toMatchObject({ published: 4, buried: 1 })
  })

  it('oldest: what has waited longest is buried', async () => {
    expect((await over('oldest')).buried).toEqual([['overflow', '2']])
  })

  it('oldest: also of those that wait because too many are at work', () => {
    const { bus } = tappedBus()
    const queue = { total: 2, overflow: 'oldest' } as const
    bus.subscribe('a', () => new Promise(() => {}), { order: 'parallel', concurrency: 1, queue })
    for (let n = 1; n <= 5; n++) bus.publish('a', n)
    expect(bus.deadLetters.list().map(({ event }) => event.data)).toEqual([2, 3])
    expect(bus.subscriptions()[0]).toMatchObject({ pending: 3, buried: 2 })
  })

  it('error: the publisher is told, and nobody gets the event', async () => {
    const { errors, buried, bus } = await over('error')
    expect(errors.map((error) => isBusError(error, 'queue-full'))).toEqual([true])
    expect(buried).toEqual([])
    expect(bus.stats().published).toBe(3)
  })

  it('error: the publisher is told also when there is middleware, which has not failed', () => {
    const { bus, logger, signals } = tappedBus({ middleware: [(event, next) => next(event)] })
    bus.subscribe('a', () => new Promise(() => {}), {
      order: 'serial',
      queue: { limit: 0, overflow: 'error' },
    })
    bus.publish('a', 1)
    expect(() => bus.publish('a', 2)).toThrow(expect.objectContaining({ code: 'queue-full' }))
    expect(logger.entries).toEqual([])
    expect(signals.map(({ type }) => type)).not.toContain('dropped')
  })

  it('error: what is published inside a handler waits for its turn first, and is buried if there is no place then', async () => {
    const { bus } = tappedBus()
    const refused = vi.fn()
    bus.subscribe('mail', () => new Promise(() => {}), {
      name: 'mail',
      order: 'serial',
      queue: { limit: 1, overflow: 'error' },
    })
    bus.subscribe('burst', () => {
      for (let n = 1; n <= 4; n++) bus.publish('mail', n)
    })
    bus.publish('burst', 0)
    expect(bus.deadLetters.list()).toMatchObject([
      { kind: 'overflow', handler: 'mail', event: { data: 3 }, error: { code: 'queue-full' } },
      { kind: 'overflow', handler: 'mail', event: { data: 4 } },
    ])
    bus.subscribe('late', async (_event, { publish }) => {
      await Promise.resolve()
      try {
        publish('mail', 5)
      } catch (error) {
        refused(isBusError(error, 'queue-full'))
      }
    })
    bus.publish('late', 0)
    await microtasks()
    expect(refused).toHaveBeenCalledWith(true)
    expect(bus.deadLetters.size).toBe(2)
  })

  it('the bound of the whole subscription counts too', async () => {
    expect((await over('newest', 1)).buried).toEqual([
      ['overflow', '3'],
      ['overflow', '4'],
    ])
  })
})
