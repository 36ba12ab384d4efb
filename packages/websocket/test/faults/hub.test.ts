import { bridge, type Bus, createBus, createMemoryMesh, type Transport } from '@heliobus/core'
import { until } from '@heliobus/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { createMemoryHistory, type Draft, type Entry, type History } from '../../src/hub/index.ts'
import { cloudEvent, meet, type Talk } from '../talk.ts'
import { client, createWorld, urlOf, type World } from '../world.ts'
import { flawless } from '../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { createScene, type Scene } from './scene.ts'

const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function restartWhilePublishing(one: Scene): Promise<void> {
  endings.push(() => one.close())
  await one.publish(150)
  await one.sender.drain()
  const publishing = one.publish(150)
  await one.restartHub()
  await publishing
}

describe('a hub that dies and is started again', () => {
  test('with its history in memory: what is not acknowledged is sent again, what is gone is told as a gap', async () => {
    const one = await createScene()
    await restartWhilePublishing(one)
    const { gaps, lost, repeats, ...rest } = await one.verdict()
    expect(one.ledger.gaps).toEqual(Array(gaps).fill('the hub has begun a new history'))
    expect(gaps).toBeGreaterThan(0)
    expect(rest).toEqual({ foreign: 0, twice: 0, disordered: 0 })
    expect(repeats).toBeLessThanOrEqual(256) // what was on its way when the hub forgot who had sent what
    expect(lost).toBeLessThan(300)
  })

  test('and one that pretends to be the same fails this test: nobody is told', async () => {
    const one = await createScene({ hub: () => ({ history: createMemoryHistory({ epoch: 'always' }) }) })
    await restartWhilePublishing(one)
    await one.verdict().catch(() => undefined)
    expect(one.ledger.gaps).not.toContain('the hub has begun a new history')
  })

  test('with a history that is kept: everybody goes on where they left off', async () => {
    const disk: Entry[] = []
    const one = await createScene({ hub: () => ({ history: keptOn(disk) }) })
    await restartWhilePublishing(one)
    expect(await one.verdict()).toEqual(flawless)
  })

  test('and a history that says too soon that it has kept something fails this test', async () => {
    const disk: Entry[] = []
    const one = await createScene({ hub: () => ({ history: keptOn(disk, 40) }), deadline: 1_500 })
    await restartWhilePublishing(one)
    expect(await one.verdict().catch(String)).not.toEqual(flawless)
  })
})

/** A history on a disk that takes a while; one that `forgets` has the newest only in memory, and says nothing of it. */
function keptOn(disk: Entry[], forgets = 0): History {
  disk.length = Math.max(0, disk.length - forgets)
  const memory = createMemoryHistory({ epoch: 'kept', entries: disk })
  let writing = Promise.resolve()
  return {
    epoch: memory.epoch,
    get first() {
      return memory.first
    },
    get last() {
      return memory.last
    },
    at: (position) => memory.at(position),
    append(drafts: readonly Draft[]) {
      writing = writing.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        void memory.append(drafts)
        disk.push(...drafts.map((_, index) => memory.at(memory.last - drafts.length + 1 + index)!))
      })
      return writing
    },
  }
}

test('a history that can not be written sends everybody away, and nothing is acknowledged', async () => {
  let isFull = true
  const memory = createMemoryHistory()
  const history: History = {
    epoch: 'e',
    get first() {
      return memory.first
    },
    get last() {
      return memory.last
    },
    at: (position) => memory.at(position),
    append: async (drafts) => {
      if (isFull) throw new Error('the disk is full')
      void memory.append(drafts)
    },
  }
  const logged: string[] = []
  const world = await createWorld({ history, logger: { log: ({ message }) => void logged.push(message) } })
  endings.push(() => world.close())
  const bus = createBus()
  const own = await bridge(bus, client(world.url, { random: () => 0 }), { send: ['**'] })
  endings.push(() => bus.close())
  const event = bus.publish('a', 1)
  await until(() => logged.length > 2, 'it is tried again and again')
  expect(memory.last).toBe(0)
  isFull = false
  await bus.drain()
  expect(memory.last).toBe(1)
  expect(own.status).toBe('open')
  expect((await bus.settled(event)).outcomes.every(({ status }) => status === 'handled')).toBe(true)
  expect(logged[0]).toBe('the history could not be written')
})

describe('a slow client', () => {
  const SIZE = 20_000
  const COUNT = 1_500

  /** One client whose network is stuck, one that is well; answers with the most that waited for one of them. */
  async function flood(pauseAbove: number): Promise<{ most: number; lost: number; slow: number[] }> {
    const world = await createWorld({
      history: createMemoryHistory({ characters: 1e9 }),
      limits: { pauseAbove, slowFor: 200 },
    })
    endings.push(() => world.close())
    const network = await Proxy.to(() => world.port)
    endings.push(() => network.close())
    const [slow, well] = [await listener(urlOf(network)), await listener(world.url)]
    network.stick(true)
    const bus = createBus()
    endings.push(() => bus.close())
    await bridge(bus, world.hub, { send: ['**'] })
    let most = 0
    const waits: number[] = []
    const payload = 'x'.repeat(SIZE)
    for (let n = 0; n < COUNT; n++) {
      bus.publish('load', { n, payload })
      if (n % 10 !== 9) continue
      const begun = performance.now()
      await until(() => well.heard.length > n, 'the other client hears it at once')
      waits.push(performance.now() - begun)
      most = Math.max(most, ...world.hub.connections().map(({ buffered }) => buffered))
    }
    await until(() => well.heard.length === COUNT, 'the other hears all')
    await until(() => world.hub.connections().length === 1, 'the slow one is sent away', 2_000)
    network.stick(false)
    network.cut('rst')
    await until(() => slow.heard.length === COUNT, 'the slow one hears all when it is back')
    expect(slow.heard).toEqual(Array.from({ length: COUNT }, (_, n) => n))
    return { most, lost: COUNT - slow.heard.length, slow: waits }
  }

  test('takes no more than 1 MiB of memory and nobody’s time, is sent away, and goes on without a loss', async () => {
    const { most, slow } = await flood(1024 * 1024)
    expect(most).toBeGreaterThan(500_000)
    expect(most).toBeLessThan(1024 * 1024 + 100_000)
    expect(slow.toSorted((a, b) => a - b)[Math.floor(slow.length * 0.9)]).toBeLessThan(200)
  }, 30_000)

  test('and a hub that never pauses fails this test', async () => {
    const { most } = await flood(Number.POSITIVE_INFINITY).catch(() => ({ most: Number.POSITIVE_INFINITY }))
    expect(most).toBeGreaterThan(1024 * 1024 + 100_000)
  }, 30_000)

  async function listener(url: string): Promise<{ readonly bus: Bus; readonly heard: unknown[] }> {
    const bus = createBus()
    endings.push(() => bus.close())
    const heard: unknown[] = []
    bus.subscribe('load', ({ data }) => void heard.push(Reflect.get(data as object, 'n')))
    await bridge(bus, client(url, { random: () => 0.1 }), { send: [] })
    return { bus, heard }
  }
})

describe('a hub that shuts down', () => {
  const CLIENTS = process.env['CHAOS'] === undefined ? 200 : 1_000

  /** When the clients come back, in ms after the hub has gone. */
  async function comeBack(random?: () => number): Promise<number[]> {
    const world = await createWorld({ limits: { connectionsPerPrincipal: CLIENTS } })
    endings.push(() => world.close())
    const arrivals: number[] = []
    const times: { gone?: number } = {}
    world.server.prependListener('upgrade', (_, socket) => {
      if (times.gone === undefined) return
      arrivals.push(performance.now() - times.gone)
      socket.destroy()
    })
    const buses = Array.from({ length: CLIENTS }, () => createBus())
    endings.push(async () => void (await Promise.all(buses.map((bus) => bus.close()))))
    for (const bus of buses) {
      await bridge(bus, client(world.url, random && { random }), { send: [] })
    }
    times.gone = performance.now()
    await world.hub.close({ retryAfter: 500 })
    await until(() => arrivals.length >= CLIENTS, 'all come back')
    return arrivals.slice(0, CLIENTS)
  }

  const crowd = (arrivals: readonly number[]): number => {
    const slots = new Map<number, number>()
    for (const at of arrivals) slots.set(Math.floor(at / 100), (slots.get(Math.floor(at / 100)) ?? 0) + 1)
    return Math.max(...slots.values()) / (CLIENTS / 5)
  }

  test('tells its clients when to come back, and they come evenly spread', async () => {
    const arrivals = await comeBack()
    expect(Math.min(...arrivals)).toBeGreaterThan(450)
    expect(crowd(arrivals)).toBeLessThan(3)
  }, 60_000)

  test('and clients that know no chance fail this test', async () => {
    expect(crowd(await comeBack(() => 0.5))).toBeGreaterThan(3)
  }, 60_000)
})

describe('the smallest cyclic world: two hubs that share a mesh, two tabs that share a channel', () => {
  async function cyclic(change: (transport: Transport) => Transport): Promise<Map<string, number[]>> {
    const [backbone, channel] = [createMemoryMesh('backbone'), createMemoryMesh('channel')]
    const handled = new Map<string, number[]>()
    const members: Bus[] = []
    const join = async (source: string, transports: readonly Transport[], relay: boolean): Promise<void> => {
      const bus = createBus({ source, logger: { log: () => undefined } })
      endings.push(() => bus.close())
      members.push(bus)
      const own: number[] = []
      handled.set(source, own)
      bus.subscribe('**', ({ data }) => void own.push(Number(data)))
      for (const transport of transports) await bridge(bus, change(transport), { send: ['**'], relay })
    }
    const worlds: World[] = [await createWorld(), await createWorld()]
    for (const [index, world] of worlds.entries()) {
      endings.push(() => world.close())
      await join(`hub ${index}`, [world.hub, backbone], true)
    }
    for (const [index, { url }] of worlds.entries()) await join(`tab ${index}`, [client(url), channel], false)
    for (const [index, bus] of members.entries()) bus.publish('a', index)
    await Promise.all(members.map((bus) => bus.drain()))
    await until(
      () => [...handled.values()].every((own) => own.length >= members.length),
      'everybody hears all',
      3_000,
    )
    await new Promise((resolve) => setTimeout(resolve, 50)) // for what should not come
    return handled
  }

  test('each handler sees each event once', async () => {
    for (const own of (await cyclic((transport) => transport)).values())
      expect(own.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
  })

  test('and without the memory of ids this test fails', async () => {
    const anew = (transport: Transport): Transport => ({
      ...transport,
      open: (port) =>
        transport.open({
          ...port,
          receive: (message) => port.receive({ ...(message as object), id: crypto.randomUUID() }),
        }),
    })
    const handled = await cyclic(anew)
    expect([...handled.values()].some((own) => own.length > 4)).toBe(true)
  })
})

test('a client that floods is slowed down, and nobody else', async () => {
  const world = await createWorld({ limits: { framesPerSecond: 500 } })
  endings.push(() => world.close())
  const [flooder, other] = [await meet(world.url), await meet(world.url)]
  let pongs = 0
  flooder.socket.on('message', () => pongs++)
  for (let frame = 0; frame < 20_000; frame++) flooder.say({ type: 'ping' })
  await other.settled() // the flood is written in this process, too
  const waits: number[] = []
  for (let round = 0; round < 21; round++) {
    const begun = performance.now()
    await other.settled()
    waits.push(performance.now() - begun)
  }
  expect(waits.toSorted((a, b) => a - b)[10]).toBeLessThan(50)
  expect(pongs).toBeLessThan(10_000)
  flooder.close()
})

test('an event for many is written once, and each client gets what it wants of a batch', async () => {
  const world = await createWorld()
  endings.push(() => world.close())
  const talks: Talk[] = []
  for (const pattern of ['a', '*', 'b', '**']) talks.push(await meet(world.url, {}, [pattern]))
  for (const talk of talks) await talk.settled()
  const sender = await meet(world.url, {}, [])
  sender.say({
    type: 'events',
    sequence: 1,
    events: ['a', 'b', 'c.d', 'a'].map((topic) => cloudEvent(topic)),
  })
  await sender.next('ack')
  const topics = await Promise.all(
    talks.map(async (talk) => {
      const { events } = await talk.next('events')
      return (events as object[]).map((event) => Reflect.get(event, 'type'))
    }),
  )
  expect(topics).toEqual([['a', 'a'], ['a', 'b', 'a'], ['b'], ['a', 'b', 'c.d', 'a']])
})
