import {
  bridge,
  type Bus,
  type Clock,
  createBus,
  createMemoryMesh,
  type EventLog,
  systemClock,
  type Transport,
} from '@heliobus/core'
import { openSqliteLog } from '@heliobus/event-log/sqlite'
import { createManualClock, until } from '@heliobus/testing'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createMemoryHistory,
  type Draft,
  type Entry,
  type History,
  openLogHistory,
} from '../../src/hub/index.ts'
import { bundle } from '../../../../scripts/bundle.mjs'
import { cloudEvent, meet, type Talk } from '../talk.ts'
import { client, createWorld, urlOf, type World } from '../world.ts'
import { flawless, report } from '../../../testing/test/faults/ledger.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { isLong, SCALE } from '../../../testing/test/faults/scale.ts'
import { createScene, type Scene } from './scene.ts'

vi.setConfig({ testTimeout: 15_000 * SCALE })

const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

async function restartWhilePublishing(one: Scene): Promise<void> {
  endings.push(() => one.close())
  await one.publish(150 * SCALE)
  await one.sender.drain()
  const publishing = one.publish(150 * SCALE)
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
    expect(lost).toBeLessThan(300 * SCALE)
    report('a restart of the hub, history in memory', one.ledger)
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

  test('with a history in SQLite: the same, over several restarts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heliobus-hub-'))
    endings.push(() => rm(folder, { recursive: true }))
    let log: EventLog | undefined
    endings.push(async () => log?.close())
    const one = await createScene({
      hub: async () => {
        await log?.close()
        log = await openSqliteLog(join(folder, 'hub.db'))
        return { history: await openLogHistory(log) }
      },
    })
    await restartWhilePublishing(one)
    await one.restartHub()
    await one.publish(50)
    expect(await one.verdict()).toEqual(flawless)
    report('two restarts of the hub, history in SQLite', one.ledger)
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
  const SIZE = 30_000 // the window is then larger than what the operating system takes
  const COUNT = 1_000

  /** One client whose network is stuck, one that is well; answers with the most that waited for one of them. */
  async function flood(
    pauseAbove: number,
    patience?: number,
  ): Promise<{ most: number; lost: number; slow: number[] }> {
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
    await until(() => world.hub.connections().length === 1, 'the slow one is sent away', patience)
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
    const { most } = await flood(Number.POSITIVE_INFINITY, 2_000).catch(() => ({
      most: Number.POSITIVE_INFINITY,
    }))
    expect(most).toBeGreaterThan(1024 * 1024 + 100_000)
  }, 30_000)

  /** By how many bytes a process grows while its hub sends 36 MB each to eight clients that read nothing. */
  async function growth(pauseAbove: number | null, closeAbove: number | null): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), 'heliobus-hub-'))
    endings.push(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'hub.mjs'), await bundle(new URL('hub-process.ts', import.meta.url)))
    const process = fork(join(folder, 'hub.mjs'), [JSON.stringify({ pauseAbove, closeAbove })], {
      execArgv: ['--expose-gc'],
    })
    endings.push(async () => void process.kill('SIGKILL'))
    const [{ port }] = (await once(process, 'message')) as [AddressInfo]
    for (const pattern of 'abcdefgh') {
      const talk = await meet(`ws://127.0.0.1:${port}/bus`, {}, ['load', pattern])
      endings.push(async () => talk.close())
      await talk.settled()
      talk.socket.pause()
    }
    process.send('go')
    const [bytes] = (await once(process, 'message')) as [number]
    return bytes
  }

  test('eight of them cost the process no more memory than may wait for them', async () => {
    const bytes = await growth(1024 * 1024, 8 * 1024 * 1024)
    expect(bytes).toBeLessThan(90_000_000)
  }, 60_000)

  test('and a hub that lets everything wait fails this test', async () => {
    const bytes = await growth(null, null)
    expect(bytes).toBeGreaterThan(90_000_000)
  }, 60_000)

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
  const CLIENTS = isLong ? 1_000 : 200

  /** When the clients plan to come back, in ms after the hub has gone; all have come. */
  async function comeBack(random?: () => number): Promise<number[]> {
    const world = await createWorld({ limits: { connectionsPerPrincipal: CLIENTS } })
    endings.push(() => world.close())
    const waits: number[] = []
    let [isGone, arrived] = [false, 0]
    world.server.prependListener('upgrade', (_, socket) => {
      if (!isGone) return
      arrived++
      socket.destroy()
    })
    const clock: Clock = {
      ...systemClock,
      setTimeout(run, ms) {
        if (isGone && waits.length < CLIENTS) waits.push(ms)
        return systemClock.setTimeout(run, ms)
      },
    }
    const buses = Array.from({ length: CLIENTS }, () => createBus())
    endings.push(async () => void (await Promise.all(buses.map((bus) => bus.close()))))
    for (const bus of buses) {
      await bridge(bus, client(world.url, { clock, ...(random && { random }) }), { send: [] })
    }
    isGone = true
    await world.hub.close({ retryAfter: 500 })
    await until(() => arrived >= CLIENTS, 'all come back', 30_000 * SCALE)
    return waits
  }

  /** How many come within 100 ms at the most, to how many would if they came evenly. */
  const crowd = (waits: readonly number[]): number => {
    const slots = new Map<number, number>()
    for (const at of waits) slots.set(Math.floor(at / 100), (slots.get(Math.floor(at / 100)) ?? 0) + 1)
    return Math.max(...slots.values()) / (CLIENTS / 5)
  }

  test(
    'tells its clients when to come back, and they come evenly spread',
    async () => {
      const waits = await comeBack()
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(500)
      expect(Math.max(...waits)).toBeLessThan(1_000)
      expect(crowd(waits)).toBeLessThan(2)
    },
    60_000 * SCALE,
  )

  test(
    'and clients that know no chance fail this test',
    async () => {
      expect(crowd(await comeBack(() => 0.5))).toBe(5)
    },
    60_000 * SCALE,
  )
})

describe('the smallest cyclic world: two hubs that share a mesh, two tabs that share a channel', () => {
  async function cyclic(change: (transport: Transport) => Transport): Promise<Map<string, number[]>> {
    const [backbone, channel] = [createMemoryMesh('backbone'), createMemoryMesh('channel')]
    const handled = new Map<string, number[]>()
    const members: Bus[] = []
    const member = async (
      source: string,
      transports: readonly Transport[],
      relay: boolean,
    ): Promise<void> => {
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
      await member(`hub ${index}`, [world.hub, backbone], true)
    }
    for (const [index, { url }] of worlds.entries())
      await member(`tab ${index}`, [client(url), channel], false)
    for (const [index, bus] of members.entries()) bus.publish('a', index)
    await Promise.all(members.map((bus) => bus.drain()))
    const isHeard = (): boolean => [...handled.values()].every((own) => own.length >= members.length)
    await until(isHeard, 'everybody hears all')
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
  for (let round = 0; round < 21; round++) await other.settled()
  expect(pongs, 'what the flooder was answered while the other one was, 21 times').toBeLessThan(10_000)
  flooder.close()
})

describe('a client that puts many events into each frame', () => {
  /** How many of 3,000 events are accepted while no time passes, and whether more are when it does. */
  async function flood(
    eventsPerSecond: number,
  ): Promise<{ readonly atOnce: number; readonly goesOn: boolean }> {
    const clock = createManualClock()
    const world = await createWorld({ clock, limits: { eventsPerSecond } })
    endings.push(() => world.close())
    const talk = await meet(world.url, {}, [])
    endings.push(async () => talk.close())
    let accepted = 0
    talk.socket.on('message', (text: Buffer) => {
      accepted = Math.max(accepted, Number(Reflect.get(JSON.parse(text.toString()), 'sequence') ?? 0))
    })
    let hasRoom = true
    for (let sequence = 1; sequence < 3_000 && hasRoom; sequence += 100) {
      talk.say({ type: 'events', sequence, events: Array.from({ length: 100 }, () => cloudEvent('a')) })
      hasRoom = await became(() => accepted > sequence - 100)
    }
    const atOnce = accepted
    clock.advance(500)
    return { atOnce, goesOn: await became(() => accepted > atOnce) }
  }

  const became = (holds: () => boolean): Promise<boolean> =>
    until(holds, 'it is accepted', 2_000).then(
      () => true,
      () => false,
    )

  test('gets no more of them through', async () => {
    const { atOnce, goesOn } = await flood(1_000)
    expect(atOnce).toBeLessThan(1_300)
    expect(goesOn).toBe(true)
  })

  test('and a hub that counts frames alone fails this test', async () => {
    expect((await flood(Number.POSITIVE_INFINITY)).atOnce).toBeGreaterThan(2_000)
  })
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
