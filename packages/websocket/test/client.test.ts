import { type Bus, bridge, type Bridge, createBus, type Signal } from '@heliobus/core'
import { createManualClock, createRecordingPort, until } from '@heliobus/testing'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { webSocket, type WebSocketOptions } from '../src/client/index.ts'
import { askable } from '../src/client/interest.ts'
import { createMemoryHistory, type Rights } from '../src/hub/index.ts'
import { cloudEvent, type Frame, meet, Talk } from './talk.ts'
import { client, createWorld, type World } from './world.ts'

const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function world(options: Parameters<typeof createWorld>[0] = {}, port = 0): Promise<World> {
  const one = await createWorld(options, port)
  endings.push(() => one.close())
  return one
}

interface Member {
  readonly bus: Bus
  readonly bridge: Bridge
  readonly heard: unknown[]
  readonly signals: Signal[]
  /** Status of the link, as it changed. */
  statuses(): string[]
}

async function member(url: string, options: WebSocketOptions = {}): Promise<Member> {
  const bus = createBus({ logger: { log: () => undefined } })
  endings.push(() => bus.close())
  const [heard, signals]: [unknown[], Signal[]] = [[], []]
  bus.subscribe('**', ({ data }) => void heard.push(data))
  bus.tap$.subscribe((signal) => signals.push(signal))
  const own = await bridge(bus, client(url, { random: () => 0.01, ...options }), { send: ['**'] })
  const statuses = (): string[] =>
    signals.flatMap((signal) => (signal.type === 'link' ? [signal.status] : []))
  return { bus, bridge: own, heard, signals, statuses }
}

describe('connecting', () => {
  test('to a hub that is not there yet: the link is lost, what is published waits, and arrives', async () => {
    const probe = await world()
    await probe.close()
    const waits: number[] = []
    const own = await member(probe.url, { waits: (ms) => void waits.push(ms) })
    expect(own.bridge.status).toBe('lost')
    expect(waits).toEqual([5]) // a hundredth of the first half second
    own.bus.publish('a', 1)
    const port = createRecordingPort()
    const { hub } = await world({}, probe.port)
    await hub.open(port)
    await own.bus.drain()
    expect(port.messages).toMatchObject([{ data: 1 }])
    expect(own.statuses()).toEqual(['connecting', 'lost', 'open'])
  })

  test('to a hub that does not let it in is refused, with what the hub has said', async () => {
    const { url } = await world({ authenticate: () => undefined })
    await expect(member(url)).rejects.toMatchObject({
      code: 'link-refused',
      cause: new Error('not authenticated (4401)'),
    })
  })

  test('to what is no address is refused', async () => {
    await expect(member('nonsense://')).rejects.toMatchObject({ code: 'link-refused' })
  })

  test('on a platform without WebSocket says what to do', async () => {
    const own: unknown = Reflect.get(globalThis, 'WebSocket')
    Reflect.deleteProperty(globalThis, 'WebSocket')
    await expect(webSocket('ws://x').open(createRecordingPort())).rejects.toThrow('give one')
    if (own !== undefined) Object.assign(globalThis, { WebSocket: own })
  })

  test('again asks for a token each time, and comes back with a fresh one when the old one has expired', async () => {
    const tokens = ['first', 'second', 'third']
    const { hub, url } = await world({ authenticate: (_, { token }) => ({ id: String(token) }) })
    const own = await member(url, { token: async () => tokens.shift() })
    expect(hub.disconnect('first')).toBe(1)
    await until(() => own.bridge.status === 'lost', 'it is lost')
    await until(() => own.bridge.status === 'open', 'it is back')
    expect(hub.connections()).toMatchObject([{ principal: 'second' }])
    expect(own.statuses()).toEqual(['connecting', 'open', 'lost', 'open'])
  })

  test('again without a token that is still good gives up, and what is published fails', async () => {
    let isBanned = false
    const { hub, url } = await world({ authenticate: () => (isBanned ? undefined : { id: 'ada' }) })
    const own = await member(url)
    isBanned = true
    hub.disconnect('ada')
    await until(() => own.bridge.status === 'closed', 'it gives up')
    const { id } = own.bus.publish('a', 1)
    await own.bus.drain()
    const failed = own.signals.flatMap((signal) => (signal.type === 'failed' ? [signal] : []))
    expect(failed).toMatchObject([{ event: { id }, error: { code: 'link-failed' } }])
  })

  test('waits while there is no token to be had', async () => {
    let fails = 2
    const token = (): string => {
      if (fails-- > 0) throw new Error('offline')
      return 'token'
    }
    const { url } = await world()
    const own = await member(url, { token })
    await until(() => own.bridge.status === 'open', 'it gets in')
    expect(own.statuses()).toEqual(['connecting', 'lost', 'open'])
  })

  test('a page that comes back to life is connected at once', async () => {
    const clock = createManualClock()
    let wake: () => void = () => undefined
    const first = await world()
    const own = await member(first.url, {
      clock,
      random: () => 0.99,
      wake: (run) => {
        wake = run
        return () => undefined
      },
    })
    await first.close()
    await until(() => own.bridge.status === 'lost', 'it is lost')
    await world({}, first.port)
    wake()
    await until(() => own.bridge.status === 'open', 'it is back, and no time has passed')
    expect(clock.elapsed()).toBe(0)
  })
})

describe('what may not be', () => {
  const rights: Rights = { publish: ['order.*'], subscribe: ['order.**'] }

  test('published fails at once, by itself: the others of its task arrive', async () => {
    const { hub, url } = await world({ authorize: () => rights, limits: { eventBytes: 1_000 } })
    const port = createRecordingPort()
    await hub.open(port)
    const { bus, signals, bridge: own } = await member(url)
    bus.publish('order.placed', 1)
    const forbidden = bus.publish('user.created', 2)
    const large = bus.publish('order.placed', 'x'.repeat(1_000))
    bus.publish('order.placed', 3)
    await bus.drain()
    expect(port.messages).toMatchObject([{ data: 1 }, { data: 3 }])
    const failed = signals.flatMap((signal) => (signal.type === 'failed' ? [signal] : []))
    expect(failed.map(({ event, error }) => [event.id, Reflect.get(Object(error), 'cause')])).toEqual([
      [forbidden.id, new Error('the hub does not let this client publish user.created')],
      [large.id, new Error('the hub takes no event larger than 1000 bytes')],
    ])
    expect(own.status).toBe('open')
  })

  test('published any more does not make a hole in the numbers', async () => {
    let now = rights
    const { url, hub } = await world({ authorize: () => now, history: stuckHistory() })
    const { bus, signals, bridge: own } = await member(url)
    bus.publish('order.placed', 1)
    await until(() => hub.connections().length === 1, 'it is connected')
    await new Promise((resolve) => setTimeout(resolve, 20)) // the event is on its way, and not accepted
    now = { publish: ['user.*'], subscribe: ['**'] }
    bus.publish('user.created', 2)
    hub.disconnect('anybody')
    await until(() => signals.some(({ type }) => type === 'link'), 'it is lost')
    await until(() => own.status === 'open', 'it is back')
    expect(own.status).toBe('open')
  })

  test.each([
    [['order.paid'], ['order.paid']],
    [['**'], ['order.**', 'stock.low', 'user.*.created']],
    [['*.low'], ['order.**', 'stock.low']],
    [['user.*.*'], ['user.*.created']],
    [['*.*.created'], ['order.**', 'user.*.created']],
    [['secret.**'], []],
    [
      ['order.paid', '*.paid'],
      ['order.paid', 'order.**'],
    ],
    [[], []],
  ])('heard is not asked for: of %j it asks for %j', (wanted, asked) => {
    expect(askable(wanted, ['order.**', 'stock.low', 'user.*.created'])).toEqual(asked)
  })

  test('heard in so many patterns is asked for as a whole', () => {
    const many = Array.from({ length: 300 }, (_, index) => `order.o${index}`)
    expect(askable(many, ['order.*'])).toEqual(['order.*'])
  })

  test('heard does not come; what a subscription adds or ends changes what comes', async () => {
    const { hub, url } = await world({ authorize: () => rights })
    const hubBus = createBus()
    endings.push(() => hubBus.close())
    await bridge(hubBus, hub, { send: ['**'] })
    const bus = createBus()
    endings.push(() => bus.close())
    const received: string[] = []
    bus.tap$.subscribe((signal) => signal.type === 'received' && received.push(signal.event.type))
    await bridge(bus, client(url), { send: ['**'] })
    /** What was said before it, in either direction, has come. */
    const echo = async (): Promise<unknown> => bus.settled(bus.publish('order.echo', 1))
    const publishAll = async (): Promise<void> => {
      for (const topic of ['order.placed', 'user.created']) hubBus.publish(topic, 1)
      await hubBus.drain()
      await echo()
    }
    await publishAll()
    const subscription = bus.subscribe('**', () => undefined)
    await echo()
    await publishAll()
    subscription.unsubscribe()
    await echo()
    await publishAll()
    expect(received).toEqual(['order.placed'])
  })
})

describe('a hub that is no good', () => {
  /** A server that answers each frame as it is told to. */
  async function fake(answer: (frame: Frame, socket: WebSocket) => void): Promise<string> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    endings.push(async () => server.close())
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => answer(JSON.parse(data.toString()) as Frame, socket))
    })
    await once(server, 'listening')
    return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test.each([
    ['nonsense', 'nonsense', 4400],
    ['an event before the welcome', '{"type":"events","offset":"1","events":[{}]}', 4400],
    ['another version', '{"type":"welcome","version":2}', 4406],
    ['a frame that is too long', `"${'x'.repeat(5_000_000)}"`, 1009],
    ['a binary frame', Buffer.from('{}'), 1003],
  ])('%s: the client gives up and says why', async (_, data, code) => {
    const url = await fake((__, socket) => socket.send(data))
    await expect(member(url)).rejects.toMatchObject({
      cause: { message: expect.stringContaining(`(${code})`) as string },
    })
  })

  test('one that never welcomes is left after 10 seconds', async () => {
    let hellos = 0
    const url = await fake(() => hellos++)
    const clock = createManualClock()
    const port = createRecordingPort()
    const opening = client(url, { clock, random: () => 0 }).open(port)
    await until(() => hellos === 1, 'the client says hello')
    clock.advance(9_999)
    expect(port.statuses).toEqual([])
    clock.advance(1)
    const link = await opening
    expect(port.statuses).toEqual(['lost'])
    await link.close()
  })
})

describe('signs of life', () => {
  test('a hub pings every 25 seconds, and ends a connection that is silent 10 seconds later', async () => {
    const clock = createManualClock()
    const { hub, url } = await world({ clock })
    const lively = await member(url)
    const silent = await new Talk(url).opened()
    silent.say({ type: 'hello', version: 1, session: 's' })
    await silent.next('welcome')
    clock.advance(24_999)
    await silent.settled()
    expect(silent.frames).toEqual([])
    clock.advance(1)
    expect(await silent.next('ping')).toEqual({ type: 'ping', offset: '0' })
    await lively.bus.settled(lively.bus.publish('a', 1)) // its pong is there, too
    clock.advance(10_000)
    expect((await silent.goodbye).code).toBe(4508)
    expect(hub.connections()).toHaveLength(1)
    expect(lively.bridge.status).toBe('open')
  })

  test('a client asks after 35 seconds of silence, and connects anew 10 seconds later', async () => {
    const clock = createManualClock()
    let isDeaf = false
    const { hub, url, server } = await world({ limits: { pingEvery: 1e9 } })
    const pings: string[] = []
    const own = await member(url, { clock, random: () => 0, WebSocket: listening(pings, () => isDeaf) })
    clock.advance(34_999)
    expect(pings).toEqual([])
    clock.advance(1)
    await until(() => pings.includes('pong'), 'the hub answers')
    isDeaf = true
    clock.advance(35_000)
    clock.advance(9_999)
    expect(own.bridge.status).toBe('open')
    isDeaf = false
    clock.advance(1)
    expect(own.bridge.status).toBe('lost')
    clock.advance(0)
    await until(() => own.bridge.status === 'open', 'it is connected anew')
    expect(hub.connections()).toHaveLength(1)
    expect(server.listening).toBe(true)
  })

  test('a client that wants little need not go back far: pings move its place', async () => {
    const clock = createManualClock()
    const history = { events: 10 }
    const { hub, url } = await world({ clock, history: createMemoryHistory(history) })
    const bus = createBus()
    endings.push(() => bus.close())
    const gaps: unknown[] = []
    bus.tap$.subscribe((signal) => signal.type === 'gap' && gaps.push(signal))
    const own = await bridge(bus, client(url, { random: () => 0 }), { send: ['echo'], accept: ['rare'] })
    /** What was said before it, in either direction, has come. */
    const echo = async (): Promise<unknown> => bus.settled(bus.publish('echo', 1))
    await echo()
    const link = await hub.open(createRecordingPort())
    for (let round = 0; round < 5; round++)
      await link.send(Array.from({ length: 8 }, () => cloudEvent('often') as never))
    clock.advance(25_000)
    await echo()
    hub.disconnect('anybody')
    await until(() => own.status === 'lost', 'it is lost')
    await until(() => own.status === 'open', 'it is back')
    await bus.drain()
    expect(gaps).toEqual([])
  })
})

describe('flow', () => {
  test('a client acknowledges when half of the window has come, and gets no more than a window before', async () => {
    const { hub, url } = await world()
    const talk = await meet(url)
    await talk.settled()
    const link = await hub.open(createRecordingPort())
    await link.send(Array.from({ length: 1_000 }, () => cloudEvent('a') as never))
    await talk.settled()
    const frames = (): Frame[] => talk.frames.filter(({ type }) => type === 'events')
    const count = (): number => frames().reduce((sum, { events }) => sum + (events as unknown[]).length, 0)
    expect(count()).toBe(256)
    talk.say({ type: 'ack', offset: frames().at(-1)!['offset'] })
    await talk.settled()
    expect(count()).toBe(512)
    talk.say({ type: 'ack', offset: 'unknown' })
    await talk.settled()
    expect(count()).toBe(512)
  })

  test('a client whose place has left the history is told of the gap, with its size, and goes on at the end', async () => {
    const { hub, url } = await world({ history: createMemoryHistory({ events: 300 }) })
    const talk = await meet(url)
    await talk.settled()
    const link = await hub.open(createRecordingPort())
    for (let round = 0; round < 10; round++)
      await link.send(Array.from({ length: 100 }, () => cloudEvent('a') as never))
    await talk.settled()
    const last = talk.frames.filter(({ type }) => type === 'events').at(-1)!
    talk.say({ type: 'ack', offset: last['offset'] })
    expect(await talk.next('gap')).toEqual({
      type: 'gap',
      offset: '1000',
      reason: 'the history does not reach back to 256',
      missing: 744,
    })
    await link.send([cloudEvent('a') as never])
    await talk.settled()
    expect(talk.frames.filter(({ type }) => type === 'events').at(-1)).toMatchObject({ offset: '1001' })
  })
})

describe('resuming', () => {
  test.each([
    ['another epoch', { epoch: 'elsewhere', offset: '1' }, 'the hub has begun a new history'],
    ['an offset that is none', { epoch: 'e', offset: 'one' }, 'the history does not reach back to one'],
    ['an offset in the future', { epoch: 'e', offset: '99' }, 'the history does not reach back to 99'],
    ['an offset that is gone', { epoch: 'e', offset: '1' }, 'the history does not reach back to 1'],
    ['a negative one', { epoch: 'e', offset: '-1' }, 'the history does not reach back to -1'],
  ])('from %s is a gap', async (_, resume, reason) => {
    const { hub, url } = await world({ history: createMemoryHistory({ epoch: 'e', events: 3 }) })
    const link = await hub.open(createRecordingPort())
    await link.send(Array.from({ length: 5 }, () => cloudEvent('a') as never))
    const talk = await meet(url, { resume })
    expect(await talk.next('gap')).toEqual({ type: 'gap', offset: '5', reason })
    const last = await meet(url, { resume: { epoch: 'e', offset: '2' } })
    expect(((await last.next('events'))['events'] as unknown[]).length).toBe(3)
    expect(last.frames.filter(({ type }) => type === 'gap')).toEqual([])
  })
})

function stuckHistory(): NonNullable<Parameters<typeof createWorld>[0]>['history'] & object {
  return { epoch: 'e', first: 1, last: 0, at: () => undefined, append: () => new Promise(() => undefined) }
}

/** A socket that notes the frames it hears, unless it is deaf. */
function listening(heard: string[], isDeaf: () => boolean): NonNullable<WebSocketOptions['WebSocket']> {
  return class extends WebSocket {
    override emit(event: string | symbol, ...rest: unknown[]): boolean {
      if (event !== 'message') return super.emit(event, ...rest)
      if (isDeaf()) return true
      heard.push((JSON.parse(String(rest[0])) as Frame).type)
      if (heard.at(-1) !== 'pong') heard.pop()
      return super.emit(event, ...rest)
    }
  }
}
