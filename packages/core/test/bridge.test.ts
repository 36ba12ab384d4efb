import { afterEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  type HandlerContext,
  type AnyBus,
  type Bridge,
  bridge,
  type BridgeOptions,
  type Bus,
  type BusEvent,
  createBus,
  createMemoryMesh,
  defineCatalog,
  defineEvent,
  type Signal,
  type Transport,
  type WireEvent,
} from '../src/index.ts'
import { manualTime } from './manual-time.ts'
import { altered, createProbe, echoing, watched } from './probe-transport.ts'
import { recordingLogger } from './recording-logger.ts'
import { shop } from './shop.ts'
import { turn } from './turn.ts'

/** A bus on one or more transports, and all that happens on it. */
interface Member {
  readonly bus: Bus
  readonly bridges: readonly Bridge[]
  readonly handled: BusEvent[]
  readonly signals: Signal[]
  data(): unknown[]
  dropped(): string[]
}

const open: AnyBus[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((bus) => bus.close()))
})

async function join(transports: readonly Transport[], options: BridgeOptions = {}): Promise<Member> {
  const bus = createBus({ source: 'member', logger: recordingLogger() })
  const handled: BusEvent[] = []
  const signals: Signal[] = []
  open.push(bus)
  bus.tap$.subscribe((signal) => signals.push(signal))
  bus.subscribe('**', (event) => void handled.push(event))
  const bridges: Bridge[] = []
  for (const transport of transports) bridges.push(await bridge(bus, transport, options))
  return {
    bus,
    bridges,
    handled,
    signals,
    data: () => handled.map(({ data }) => data),
    dropped: () => signals.flatMap((signal) => (signal.type === 'dropped' ? [signal.reason] : [])),
  }
}

function wire(change: Partial<WireEvent> = {}): WireEvent {
  return {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'elsewhere',
    type: 'user.created',
    time: '2024-01-01T00:00:00.000Z',
    datacontenttype: 'application/json',
    data: { name: 'Ada' },
    correlationid: 'flow',
    schemaversion: 1,
    origin: 'elsewhere',
    hops: 0,
    ...change,
  }
}

describe('two buses on a mesh', () => {
  test('an event of one is handled on the other as it was published, one bridge away', async () => {
    const mesh = createMemoryMesh()
    const [one, other] = [await join([mesh]), await join([mesh])]
    const published = one.bus.publish('user.created', { name: 'Ada' }, { userId: 'ada', subject: 'user-1' })
    await turn()
    expect(other.handled).toEqual([{ ...published, hops: 1 }])
    expect(one.handled).toEqual([published])
  })

  test('the events of one arrive in the order in which they were published, with those of handlers', async () => {
    const mesh = createMemoryMesh()
    const [one, other] = [await join([mesh]), await join([mesh])]
    one.bus.subscribe('a', () => one.bus.publish('b', 'of a'))
    for (let count = 0; count < 3; count++) one.bus.publish('a', count)
    await turn()
    expect(other.data()).toEqual([0, 'of a', 1, 'of a', 2, 'of a'])
  })

  test('nothing is shared: what a handler changes later stays at home', async () => {
    const mesh = createMemoryMesh()
    const [one, other] = [await join([mesh]), await join([mesh])]
    const data = { list: [1] }
    one.bus.publish('a', data)
    data.list.push(2)
    await turn()
    expect(other.data()).toEqual([{ list: [1] }])
  })

  test('an event that only a bridge takes is unhandled all the same', async () => {
    const bus = createBus()
    const signals: string[] = []
    bus.tap$.subscribe(({ type }) => signals.push(type))
    await bridge(bus, createMemoryMesh())
    bus.publish('a', 1)
    expect(signals).toContain('unhandled')
    await bus.close()
  })
})

describe('what goes and what comes', () => {
  test('only what send says leaves, only what accept says is let in', async () => {
    const probe = createProbe()
    const { bus, data } = await join([probe], { send: ['user.*', 'order.**'], accept: ['stock.**'] })
    for (const topic of ['user.created', 'user.name.changed', 'order.paid', 'other'])
      bus.publish(topic, topic)
    await turn()
    expect(probe.sent.flat().map(({ type }) => type)).toEqual(['user.created', 'order.paid'])
    const before = data().length
    await probe.port.receive(wire({ type: 'stock.low', data: 'in' }))
    await probe.port.receive(wire({ type: 'user.created', data: 'out' }))
    expect(data().slice(before)).toEqual(['in'])
  })

  test('what finds a full queue is buried, as there is no publisher to tell', async () => {
    const probe = createProbe()
    const bus = createBus({ logger: recordingLogger('silent') })
    bus.subscribe('a', () => new Promise(() => {}), {
      name: 'mail',
      order: 'serial',
      queue: { limit: 0, overflow: 'error' },
    })
    await bridge(bus, probe)
    void probe.port.receive(wire({ id: '1', type: 'a' }))
    expect(await probe.port.receive(wire({ id: '2', type: 'a' }))).toMatchObject({
      handled: 0,
      failed: [{ handler: 'mail', error: { code: 'queue-full' } }],
    })
    expect(bus.deadLetters.list()).toMatchObject([{ kind: 'overflow', event: { id: '2' } }])
  })

  describe('what does not fit its definition', () => {
    let limit = 10
    const Paid = defineEvent('order.paid', { data: z.object({ total: z.number().refine((n) => n < limit) }) })
    const scene = async (capacity?: number) => {
      limit = 10
      const probe = createProbe()
      const logger = recordingLogger('silent')
      const bus = createBus({
        catalog: defineCatalog(Paid),
        logger,
        alerts: [],
        ...(capacity !== undefined && { deadLetters: { capacity } }),
      })
      const paid: number[] = []
      bus.subscribe(Paid, ({ data }) => void paid.push(data.total), { name: 'till' })
      await bridge(bus, probe)
      const receive = (total: number, id = `e${total}`) =>
        probe.port.receive(wire({ id, type: 'order.paid', data: { total } }))
      return { bus, paid, receive }
    }

    test('is a dead letter of no handler, and is redriven once it fits', async () => {
      const { bus, paid, receive } = await scene()
      await receive(20)
      const [letter] = bus.deadLetters.list()
      expect(letter).toMatchObject({ kind: 'invalid', handler: undefined, attempts: [] })
      expect(letter).toMatchObject({
        event: { id: 'e20', data: { total: 20 } },
        error: { code: 'payload-invalid' },
      })
      expect(await bus.deadLetters.redrive(letter!.id)).toMatchObject([
        { status: 'failed', error: { code: 'payload-invalid' } },
      ])
      expect(paid).toEqual([])
      expect(bus.deadLetters.size).toBe(1)
      limit = 100
      expect(await bus.deadLetters.redrive(letter!.id)).toMatchObject([{ status: 'handled' }])
      expect(paid).toEqual([20])
      expect(bus.deadLetters.size).toBe(0)
    })

    test('takes a tenth of the room at most: nobody outside pushes out the letters of handlers', async () => {
      const { bus, receive } = await scene(20)
      for (let total = 20; total < 60; total++) await receive(total)
      const invalid = bus.deadLetters.list({ kind: 'invalid' })
      expect(invalid.map(({ event }) => event.id)).toEqual(['e58', 'e59'])
      expect(bus.stats().dropped.deadLetters).toBe(38)
    })
  })

  test('patterns may be definitions', async () => {
    const probe = createProbe()
    const Left = defineEvent('user.left', { data: z.string() })
    const bus = createBus({ catalog: defineCatalog(Left, defineEvent('user.came', { data: z.string() })) })
    await bridge(bus, probe, { send: [Left] })
    bus.publish('user.left', 'Ada')
    bus.publish('user.came', 'Bob')
    await turn()
    expect(probe.sent.flat().map(({ data }) => data)).toEqual(['Ada'])
    await bus.close()
  })

  test('an event from elsewhere is checked by the catalog, and refused with a signal', async () => {
    const probe = createProbe()
    const bus = createBus({ catalog: shop })
    const refused: unknown[] = []
    const names: string[] = []
    bus.tap$.subscribe(
      (signal) => signal.type === 'refused' && refused.push([signal.error.code, signal.link]),
    )
    bus.subscribe('user.created', ({ data }) => void names.push(data.name))
    await bridge(bus, probe)
    expect(await probe.port.receive(wire({ data: { name: 1 } }))).toMatchObject({
      refused: 'payload-invalid',
    })
    expect(await probe.port.receive(wire({ type: 'user.creatd' }))).toMatchObject({
      refused: 'topic-unknown',
    })
    expect(await probe.port.receive(wire({ type: '$internal' }))).toMatchObject({ refused: 'topic-invalid' })
    expect(await probe.port.receive('garbage')).toMatchObject({ refused: 'wire-malformed' })
    expect(await probe.port.receive(wire({ data: { name: 'Ada', isAdmin: true } }))).toEqual({
      handled: 1,
      failed: [],
    })
    expect(names).toEqual(['Ada'])
    expect(refused).toEqual([
      ['payload-invalid', 'probe'],
      ['topic-unknown', 'probe'],
      ['topic-invalid', 'probe'],
      ['wire-malformed', 'probe'],
    ])
    await bus.close()
  })

  test('a schema that throws refuses the event, and the transport is none the wiser', async () => {
    const probe = createProbe()
    const Odd = defineEvent('odd', {
      data: z.unknown().refine(() => {
        throw new Error('broken schema')
      }),
    })
    const bus = createBus({ catalog: defineCatalog(Odd) })
    await bridge(bus, probe)
    expect((await probe.port.receive(wire({ type: 'odd' }))).refused).toBeDefined()
    await bus.close()
  })

  test('a transport learns what this side wants, and when that changes', async () => {
    const probe = createProbe()
    const bus = createBus()
    await bridge(bus, probe)
    const wanted: (readonly string[])[] = []
    probe.port.interest.subscribe((patterns) => wanted.push(patterns))
    bus.subscribe('user.**', () => undefined)
    await turn()
    expect(wanted).toEqual([[], ['user.**']])
    await bus.close()
  })

  test('a bridge that relays, or accepts a part, wants just what it accepts', async () => {
    const [hub, part] = [createProbe(), createProbe()]
    const bus = createBus()
    await bridge(bus, hub, { relay: true })
    await bridge(bus, part, { accept: ['a.*'] })
    const wanted: (readonly string[])[] = []
    for (const { port } of [hub, part]) port.interest.subscribe((patterns) => wanted.push(patterns))
    expect(wanted).toEqual([['**'], ['a.*']])
    await bus.close()
  })
})

describe('rule 9: a published event passes each bus once', () => {
  test('what came over a link never goes back over it', async () => {
    const mesh = createMemoryMesh()
    const echoes: WireEvent[] = []
    const relay = await join([watched(mesh, (event) => echoes.push(event))], { relay: true })
    const [one, other] = [await join([mesh]), await join([mesh])]
    one.bus.publish('a', 1)
    await turn()
    expect(relay.data()).toEqual([1])
    expect(other.data()).toEqual([1])
    expect(echoes).toEqual([])

    // Without the guard it would: over a second link to the same mesh, which is another link, it does go back.
    const second = await join([mesh, watched(mesh, (event) => echoes.push(event))], { relay: true })
    one.bus.publish('a', 2)
    await turn()
    expect(echoes).toHaveLength(1)
    expect([one, other, second].map(({ data }) => data())).toEqual([[1, 2], [1, 2], [2]])
  })

  test('only own events are sent, unless the bridge relays', async () => {
    const [left, right] = [createMemoryMesh(), createMemoryMesh()]
    const [one, other] = [await join([left]), await join([right])]
    const between = await join([left, right])
    one.bus.publish('a', 1)
    await turn()
    expect(between.data()).toEqual([1])
    expect(other.data()).toEqual([])
    await between.bus.close()

    await join([left, right], { relay: true })
    one.bus.publish('a', 2)
    await turn()
    expect(other.data()).toEqual([2])
  })

  test('an event that comes back to the bus that published it is an echo', async () => {
    const { bus, data, dropped } = await join([echoing(createMemoryMesh())])
    bus.publish('a', 1)
    await turn()
    expect(data()).toEqual([1])
    expect(dropped()).toEqual(['echo'])

    // Without the guard, which looks at the origin, it would be handled again.
    const deceived = await join([
      altered(echoing(createMemoryMesh()), (event) => ({ ...event, origin: 'another' })),
    ])
    deceived.bus.publish('a', 1)
    await turn()
    expect(deceived.data()).toEqual([1, 1])
  })

  test('an event crosses four bridges at most', async () => {
    const chain = async (change: (event: WireEvent) => WireEvent): Promise<Member[]> => {
      const meshes = Array.from({ length: 7 }, () => altered(createMemoryMesh(), change))
      const members: Member[] = []
      for (let index = 0; index < 7; index++) {
        const sides = meshes.slice(Math.max(0, index - 1), index + 1)
        members.push(await join(sides, { relay: true }))
      }
      members[0]!.bus.publish('a', 1)
      await turn()
      return members
    }
    const members = await chain((event) => event)
    expect(members.map(({ handled }) => handled.map(({ hops }) => hops))).toEqual([
      [0],
      [1],
      [2],
      [3],
      [4],
      [],
      [],
    ])
    expect(members.map(({ dropped }) => dropped())).toEqual([[], [], [], [], [], ['hops'], []])

    // Without the guard, which looks at the hops, it would go on to the end.
    const endless = await chain((event) => ({ ...event, hops: 0 }))
    expect(endless.map(({ handled }) => handled.length)).toEqual([1, 1, 1, 1, 1, 1, 1])
  })

  test('an event that comes over two bridges is handled once', async () => {
    const twice = async (change: (event: WireEvent) => WireEvent): Promise<Member> => {
      const [left, right] = [createMemoryMesh(), createMemoryMesh()]
      const one = await join([left, right])
      const other = await join([left, altered(right, change)])
      one.bus.publish('a', 1)
      await turn()
      return other
    }
    const other = await twice((event) => event)
    expect(other.data()).toEqual([1])
    expect(other.dropped()).toEqual(['repeat'])

    // Without the guard, which looks at the id, it would be handled twice.
    expect((await twice((event) => ({ ...event, id: `${event.id}*` }))).data()).toEqual([1, 1])
  })

  test('in the smallest cyclic world, two relays that join two meshes, each handler sees each event once', async () => {
    const sent: WireEvent[] = []
    const [left, right] = [createMemoryMesh('left'), createMemoryMesh('right')]
    const sides = [left, right].map((mesh) => watched(mesh, (event) => sent.push(event)))
    const relays = [await join(sides, { relay: true }), await join(sides, { relay: true })]
    const members = [
      await join([left]),
      await join([left]),
      await join([right]),
      await join([left, right]),
      ...relays,
    ]
    const published = new Set(members.map(({ bus }, index) => bus.publish(`from.${index}`, index).data))
    await turn()
    for (const { data } of members) expect(new Set(data())).toEqual(published)
    for (const { data } of members) expect(data()).toHaveLength(published.size)
    // What is sent by relays: their own 2 events on both sides, and each of the 5 events of others once.
    expect(sent).toHaveLength(2 * (2 + 5))
  })

  test('a repeat that comes while the first is being handled shares its outcome', async () => {
    const probe = createProbe()
    const { bus, dropped } = await join([probe])
    let calls = 0
    let finish: () => void = () => undefined
    bus.subscribe('slow', () => {
      calls++
      return new Promise<void>((resolve) => (finish = resolve))
    })
    const event = wire({ type: 'slow' })
    const outcomes = [probe.port.receive(event), probe.port.receive(event)].map((one) => Promise.resolve(one))
    let settled = 0
    for (const outcome of outcomes) void outcome.then(() => settled++)
    await turn()
    expect([calls, settled]).toEqual([1, 0])
    finish()
    expect(await Promise.all(outcomes)).toEqual([
      { handled: 2, failed: [] },
      { handled: 2, failed: [] },
    ])
    expect(await probe.port.receive(event)).toEqual({ handled: 0, failed: [] })
    expect(calls).toBe(1)
    expect(dropped()).toEqual(['repeat', 'repeat'])
  })

  test('what is delivered again on purpose passes: redelivery and redrive', async () => {
    const probe = createProbe()
    const { data } = await join([probe])
    const event = wire({ data: 1 })
    await probe.port.receive(event)
    await probe.port.receive(event, { attempt: 2, redelivered: true })
    await probe.port.receive(event, { attempt: 1, redelivered: false })
    expect(data()).toEqual([1, 1])
  })

  test('a redrive reaches its handler alone; one that is gone is told in the outcome', async () => {
    const probe = createProbe()
    const { bus, data } = await join([probe])
    const calls: unknown[] = []
    bus.subscribe('**', (event) => void calls.push(event.data), { name: 'mail' })
    const event = wire({ data: 1 })
    await probe.port.receive(event)
    const again = { attempt: 1, redelivered: true }
    expect(await probe.port.receive(event, { ...again, target: 'mail' })).toEqual({ handled: 1, failed: [] })
    expect([calls, data()]).toEqual([[1, 1], [1]])
    expect(await probe.port.receive(event, { ...again, target: 'gone' })).toMatchObject({
      handled: 0,
      failed: [{ handler: 'gone', error: { code: 'handler-gone' } }],
    })
  })

  test('a handler sees the fence of its delivery, and hears when the right to it is lost', async () => {
    const probe = createProbe()
    const { bus } = await join([probe])
    const contexts: HandlerContext[] = []
    bus.subscribe('**', (_, context) => void contexts.push(context))
    const lease = new AbortController()
    const delivery = { attempt: 2, redelivered: true, fence: 7, signal: lease.signal }
    await probe.port.receive(wire({ data: 1 }), delivery)
    const [context] = contexts
    expect(context).toMatchObject({ fence: 7, isReplay: true })
    const { signal } = context!
    lease.abort('lost')
    expect([signal.aborted, signal.reason]).toEqual([true, 'lost'])
    await probe.port.receive(wire({ data: 2 }))
    expect(contexts[1]).toMatchObject({ fence: undefined, isReplay: false })
  })

  test('a refused event has not passed: one with its id may come again', async () => {
    const probe = createProbe()
    const bus = createBus({ catalog: shop })
    let calls = 0
    bus.subscribe('user.created', () => void calls++)
    await bridge(bus, probe)
    const event = wire({ data: { name: 1 } })
    await probe.port.receive(event)
    expect(await probe.port.receive({ ...event, data: { name: 'Ada' } })).toEqual({ handled: 1, failed: [] })
    expect(calls).toBe(1)
    await bus.close()
  })

  test('a failing handler is told in the outcome, and a repeat does not run it again', async () => {
    const probe = createProbe()
    const { bus } = await join([probe])
    const error = new Error('no')
    bus.subscribe('**', () => Promise.reject(error), { name: 'failing', retry: false })
    const event = wire()
    expect(await probe.port.receive(event)).toEqual({
      handled: 1,
      failed: [{ handler: 'failing', attempts: 1, error }],
    })
    expect(await probe.port.receive(event)).toEqual({ handled: 0, failed: [] })
  })

  test('a relay passes a foreign CloudEvent on as its own, and knows it when it comes back', async () => {
    const foreign = createProbe()
    const mesh = createMemoryMesh()
    const relay = await join([foreign, echoing(mesh)], { relay: true })
    const other = await join([mesh])
    await foreign.port.receive({
      specversion: '1.0',
      id: 'f1',
      source: 'shop',
      type: 'order.placed',
      data: 1,
    })
    await turn()
    expect(other.data()).toEqual([1])
    expect(relay.data()).toEqual([1])
    expect(relay.dropped()).toEqual(['echo'])
  })
})

describe('sending', () => {
  test('events published in one task go out in one batch, in order', async () => {
    const probe = createProbe()
    const { bus } = await join([probe])
    for (const data of [1, 2, 3]) bus.publish('a', data)
    expect(probe.sent).toEqual([])
    await turn()
    for (const data of [4, 5]) bus.publish('a', data)
    await turn()
    expect(probe.sent.map((events) => events.map(({ data }) => data))).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  test('data that cannot be carried is named with its path; the other events of the task go out', async () => {
    const probe = createProbe()
    const logger = recordingLogger()
    const bus = createBus({ logger })
    const signals: Signal[] = []
    bus.tap$.subscribe((signal) => signals.push(signal))
    await bridge(bus, probe)
    bus.publish('a', 1)
    bus.publish('a', { onClick: () => 1 })
    bus.publish('a', 'x'.repeat(2 ** 20))
    bus.publish('a', 4)
    await turn()
    expect(probe.sent.map((events) => events.map(({ data }) => data))).toEqual([[1, 4]])
    const refused = signals.flatMap((signal) => (signal.type === 'refused' ? [signal] : []))
    expect(refused.map(({ error, link }) => [error.code, link])).toEqual([
      ['wire-unsupported', 'probe'],
      ['wire-too-large', 'probe'],
    ])
    expect(refused[0]?.error.message).toBe("data.onClick can't leave the process: a function is not data")
    const errors = logger.entries.filter(({ level }) => level === 'error')
    expect(errors.map(({ handler }) => handler)).toEqual(['bridge probe', 'bridge probe'])
    await bus.close()
  })

  test('a send that fails is told for each of its events, and the next goes on', async () => {
    const probe = createProbe()
    const { bus, signals } = await join([probe])
    const cause = new Error('cut')
    probe.answer = () => {
      throw cause
    }
    const lost = [bus.publish('a', 1), bus.publish('a', 2)]
    await turn()
    probe.answer = () => undefined
    bus.publish('a', 3)
    await turn()
    const failed = signals.flatMap((signal) => (signal.type === 'failed' ? [signal] : []))
    expect(failed.map(({ event }) => event)).toEqual(lost)
    expect(failed[0]?.error).toMatchObject({ code: 'link-failed', details: { transport: 'probe' }, cause })
    expect(probe.sent.at(-1)?.map(({ data }) => data)).toEqual([3])
  })

  test('what failed to be sent takes no room in the outbox', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus, bridges } = await join([probe], { outbox: 2 })
    const failures = [
      (): never => {
        throw new Error('cut')
      },
      () => Promise.reject(new Error('cut')),
    ]
    for (const answer of failures) {
      probe.answer = answer
      bus.publish('a', 1)
      bus.publish('a', 2)
      await turn()
    }
    bus.publish('a', 3)
    expect(bridges[0]?.dropped).toBe(0)
  })

  test('drain waits until the other side has accepted what was published', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus } = await join([probe])
    let accept: () => void = () => undefined
    probe.answer = () => new Promise((resolve) => (accept = resolve))
    bus.publish('a', 1)
    let isDrained = false
    const drained = bus.drain().then(() => (isDrained = true))
    await turn()
    expect(isDrained).toBe(false)
    accept()
    await drained
  })

  test('drain waits for a transport that takes events at once, too', async () => {
    const probe = createProbe()
    const { bus } = await join([probe])
    bus.publish('a', 1)
    await bus.drain()
    expect(probe.sent).toHaveLength(1)
  })

  test('an event is settled only when the links that acknowledge have accepted it, too', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus } = await join([probe])
    let accept: () => void = () => undefined
    probe.answer = () => new Promise((resolve) => (accept = resolve))
    let isSettled = false
    const settled = bus.settled(bus.publish('a', 1)).finally(() => (isSettled = true))
    await turn()
    expect(isSettled).toBe(false)
    accept()
    const { outcomes, links } = await settled
    expect(outcomes).toMatchObject([{ patterns: ['**'], status: 'handled' }])
    expect(links).toMatchObject([{ handler: 'bridge probe', status: 'handled' }])
  })

  test('what a link refuses stands in the settlement, under its name', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus } = await join([probe])
    probe.answer = async () => [{ index: 1, reason: 'too sad' }]
    const [first, second] = [bus.publish('a', 1), bus.publish('a', 2)]
    const [one, other] = await Promise.all([bus.settled(first), bus.settled(second)])
    expect(one.links).toMatchObject([{ status: 'handled' }])
    expect(other.links).toMatchObject([
      {
        handler: 'bridge probe',
        status: 'failed',
        error: { code: 'link-failed', cause: new Error('too sad') },
      },
    ])
  })

  test('a bridge that an event does not go over is no part of its settlement', async () => {
    const [one, other] = [createProbe(), createProbe({ acknowledges: true })]
    const { bus, handled } = await join([one, { ...other, name: 'other' }])
    await one.port.receive(wire())
    expect((await bus.settled(handled[0]!)).links).toEqual([])
  })

  test('a refusal by the other side is told for each event', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus, signals } = await join([probe])
    probe.answer = () => Promise.reject(new Error('not you'))
    bus.publish('a', 1)
    await bus.drain()
    expect(signals.filter(({ type }) => type === 'failed')).toMatchObject([
      { error: { code: 'link-failed' } },
    ])
  })

  test('a refusal of some by the other side is told for those; the others are accepted', async () => {
    const probe = createProbe({ acknowledges: true })
    probe.answer = async () => [{ index: 1, reason: 'too sad' }]
    const { bus, signals } = await join([probe])
    const sad = [0, 1, 2].map((data) => bus.publish('a', data))[1]!
    await bus.drain()
    const failed = signals.flatMap((signal) => (signal.type === 'failed' ? [signal] : []))
    expect(failed.map(({ event, error }) => [event.id, error])).toEqual([
      [sad.id, expect.objectContaining({ code: 'link-failed', cause: new Error('too sad') })],
    ])
  })

  test('an outbox is bounded: what does not fit in is dropped and told, once for the memory and for each event', async () => {
    const probe = createProbe({ acknowledges: true })
    const { bus, bridges, signals, dropped } = await join([probe], { outbox: 3 })
    const accepted: (() => void)[] = []
    probe.answer = () => new Promise((resolve) => accepted.push(resolve))
    for (const data of [1, 2, 3, 4, 5]) bus.publish('a', data)
    expect(dropped()).toEqual(['outbox', 'outbox'])
    expect(signals.filter(({ type }) => type === 'overflow')).toMatchObject([
      { memory: 'outbox', capacity: 3 },
    ])
    expect(bridges[0]?.dropped).toBe(2)
    accepted[0]?.()
    await turn()
    bus.publish('a', 6)
    await turn()
    expect(probe.sent.flat().map(({ data }) => data)).toEqual([1, 2, 3, 6])
    accepted[1]?.()
  })

  test('a transport that takes events at once never overflows: a full outbox is sent before the task ends', async () => {
    const probe = createProbe()
    const { bus, bridges } = await join([probe], { outbox: 1_000 })
    for (let data = 0; data < 2_500; data++) bus.publish('a', data)
    await turn()
    expect(probe.sent.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
    expect(probe.sent.flat().map(({ data }) => data)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => index),
    )
    expect(bridges[0]?.dropped).toBe(0)
  })
})

describe('opening and closing', () => {
  test('the tap follows the link', async () => {
    const probe = createProbe()
    const { bridges, signals } = await join([probe])
    probe.port.report('lost', 'cable')
    probe.port.report('lost', 'again')
    expect(bridges[0]?.status).toBe('lost')
    probe.port.report('open')
    probe.port.gap('history too short', 7)
    await bridges[0]?.close()
    probe.port.report('open')
    const told = signals.flatMap((signal) => (signal.type === 'link' ? [[signal.status, signal.detail]] : []))
    expect(told).toEqual([
      ['connecting', undefined],
      ['open', undefined],
      ['lost', 'cable'],
      ['open', undefined],
      ['closed', undefined],
    ])
    expect(signals.filter(({ type }) => type === 'gap')).toMatchObject([
      { link: 'probe', reason: 'history too short', missing: 7 },
    ])
  })

  test('closing sends what waits, and nothing goes or comes after it; twice is fine', async () => {
    const probe = createProbe()
    const { bus, bridges, data } = await join([probe])
    bus.publish('a', 1)
    const closing = bridges[0]!.close()
    bus.publish('a', 2)
    expect(await probe.port.receive(wire({ data: 3 }))).toMatchObject({ refused: 'bus-closed' })
    await Promise.all([closing, bridges[0]!.close()])
    expect(probe.sent.flat().map((event) => event.data)).toEqual([1])
    expect(data()).toEqual([1, 2])
    expect(probe.isClosed).toBe(true)
    expect(bridges[0]!.status).toBe('closed')
  })

  test('closing waits for what is not accepted yet, as long as it may; the rest is a gap', async () => {
    const clock = manualTime()
    const probe = createProbe({ acknowledges: true })
    const bus = createBus({ clock })
    const gaps: unknown[] = []
    bus.tap$.subscribe((signal) => signal.type === 'gap' && gaps.push(signal.missing))
    const one = await bridge(bus, probe)
    probe.answer = () => new Promise(() => undefined)
    bus.publish('a', 1)
    bus.publish('a', 2)
    const closing = one.close({ timeout: 100 })
    await turn()
    expect(probe.isClosed).toBe(false)
    clock.advance(100)
    await closing
    expect(probe.isClosed).toBe(true)
    expect(gaps).toEqual([2])
    expect(clock.timers).toBe(0)
  })

  test('closing ends as soon as everything is accepted, and leaves no timer', async () => {
    const clock = manualTime()
    const probe = createProbe({ acknowledges: true })
    const bus = createBus({ clock })
    const one = await bridge(bus, probe)
    let accept: () => void = () => undefined
    probe.answer = () => new Promise((resolve) => (accept = resolve))
    bus.publish('a', 1)
    const closing = one.close()
    await turn()
    expect([probe.isClosed, clock.timers]).toEqual([false, 1])
    accept()
    await closing
    expect([probe.isClosed, clock.timers]).toEqual([true, 0])
    await bus.close()
  })

  test('a bridge closes with its bus, which sends first what was published', async () => {
    const probe = createProbe()
    const { bus, bridges } = await join([probe])
    bus.publish('a', 1)
    await bus.close()
    expect(probe.sent.flat()).toHaveLength(1)
    expect([probe.isClosed, bridges[0]?.status]).toEqual([true, 'closed'])
  })

  test('a bus that has closed has left its links: it waits for them, at most its timeout', async () => {
    const clock = manualTime()
    const bus = createBus({ clock })
    const probe = createProbe()
    let leave: () => void = () => undefined
    const close = (): Promise<void> => new Promise((resolve) => (leave = resolve))
    await bridge(bus, { ...probe, open: async (port) => ({ ...(await probe.open(port)), close }) })
    const closing = bus.close({ timeout: 100 })
    await turn()
    clock.advance(100)
    await expect(closing).rejects.toMatchObject({ code: 'drain-timeout' })
    leave()
  })

  test('a link that fails to close is closed all the same', async () => {
    const probe = createProbe()
    const stuck: Transport = {
      ...probe,
      open: async (port) => ({
        ...(await probe.open(port)),
        close: () => Promise.reject(new Error('stuck')),
      }),
    }
    const { bridges, signals } = await join([stuck])
    await bridges[0]?.close()
    expect(signals.at(-1)).toMatchObject({ type: 'link', status: 'closed', detail: new Error('stuck') })
  })

  test('a transport that cannot be opened is a link-refused with its cause', async () => {
    const bus = createBus()
    const cause = new Error('no route')
    const transport: Transport = { ...createProbe(), open: () => Promise.reject(cause) }
    await expect(bridge(bus, transport)).rejects.toMatchObject({
      code: 'link-refused',
      details: { transport: 'probe' },
      cause,
    })
    expect(bus.subscriptions()).toEqual([])
    await bus.close()
  })

  test('a bus that is closed, or closes meanwhile, takes no bridge, and no link stays open', async () => {
    const [early, late] = [createProbe(), createProbe()]
    const bus = createBus()
    const opening = bridge(bus, early)
    await bus.close()
    await expect(opening).rejects.toMatchObject({ code: 'bus-closed' })
    await expect(bridge(bus, late)).rejects.toMatchObject({ code: 'bus-closed' })
    expect([early.isClosed, late.isClosed]).toEqual([true, true])
  })

  test('over the network it must be said what leaves the bus, and an event has 64 KiB at most', async () => {
    const bus = createBus({ logger: recordingLogger() })
    const network = createProbe({ zone: 'network' })
    await expect(bridge(bus, network)).rejects.toMatchObject({
      code: 'option-invalid',
      details: { option: 'send' },
    })
    await bridge(bus, network, { send: ['user.**'] })
    bus.publish('user.created', 'x'.repeat(64 * 1024))
    await bus.drain()
    expect(network.sent).toEqual([])
    await bus.close()
  })

  test('options that make no sense are refused', async () => {
    const bus = createBus()
    const refused = async (options: BridgeOptions): Promise<unknown> =>
      bridge(bus, createProbe(), options).catch((error: unknown) => (error as { code: string }).code)
    expect(await refused({ send: ['a.b*'] })).toBe('pattern-invalid')
    expect(await refused({ accept: [''] })).toBe('pattern-invalid')
    expect(await refused({ maxBytes: 0 })).toBe('option-invalid')
    expect(await refused({ outbox: 1.5 })).toBe('option-invalid')
    await bus.close()
  })
})
