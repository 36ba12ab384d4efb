import { bridge, createBus } from '@heliobus/core'
import { createRecordingPort, until } from '@heliobus/testing'
import { expect, test } from 'vitest'
import type { SocketClass } from '../../src/client/index.ts'
import { seedOf } from '../random.ts'
import { client, createWorld, urlOf, type World } from '../world.ts'
import { Proxy } from '../../../testing/test/faults/proxy.ts'
import { sabotaged } from './sabotage.ts'
import { isLong } from '../../../testing/test/faults/scale.ts'

/** The long test cuts at every byte, the short one at every so many, beginning somewhere else each time. */
const STEP = isLong ? 1 : 13

/** One exchange: an event goes up, and one comes down, over the same connection. Answers with what came of both. */
async function exchange(world: World, network: Proxy, WebSocket?: SocketClass): Promise<string> {
  const patience = WebSocket === undefined ? 10_000 : 500 // a mutant is not worth more
  const port = createRecordingPort()
  const [hubLink, bus] = [await world.hub.open(port), createBus()]
  const heard: unknown[] = []
  bus.subscribe('**', ({ data }) => void heard.push(data))
  const transport = client(urlOf(network), { random: () => 0, ...(WebSocket && { WebSocket }) })
  const own = await bridge(bus, transport, { send: ['up'] })
  await until(() => own.status === 'open', 'the link is open', patience)
  const up = bus.publish('up', 'up')
  await until(() => port.messages.length > 0, 'the event is at the hub', patience)
  await hubLink.send([sample('down')])
  await until(() => heard.includes('down'), 'the event is at the client', patience)
  await bus.drain()
  const { outcomes } = await bus.settled(up)
  await Promise.all([own.close(), bus.close(), hubLink.close()])
  const failed = outcomes.filter(({ status }) => status !== 'handled').length
  return `${port.messages.length} up, ${heard.filter((data) => data === 'down').length} down, ${failed} failed`
}

function sample(data: string): Parameters<Awaited<ReturnType<World['hub']['open']>>['send']>[0][0] {
  const id = crypto.randomUUID()
  return {
    specversion: '1.0',
    id,
    source: 'hub',
    type: 'down',
    time: '2001-02-03T04:05:06.789Z',
    datacontenttype: 'application/json',
    data,
    correlationid: id,
    schemaversion: 1,
    origin: 'hub',
    hops: 0,
  }
}

const whole = '1 up, 1 down, 0 failed'

test.each(['up', 'down'] as const)(
  'a connection that is cut after any number of bytes %s loses nothing and brings nothing twice',
  async (direction) => {
    const world = await createWorld()
    const network = await Proxy.to(() => world.port)
    expect(await exchange(world, network)).toBe(whole)
    const length = network.passed[direction]
    expect(length).toBeGreaterThan(400)
    const outcomes = new Map<string, number>()
    const begin = STEP === 1 ? 0 : seedOf(`cutting ${direction}`) % STEP
    for (let bytes = begin; bytes < length; bytes += STEP) {
      network.cutAfter = { direction, bytes }
      const outcome = await exchange(world, network).catch(String)
      if (!outcomes.has(outcome)) outcomes.set(outcome, bytes)
    }
    expect([...outcomes.keys()]).toEqual([whole])
    await network.close()
    await world.close()
  },
  600_000,
)

test('and a client that takes for accepted what it has only sent fails this test', async () => {
  const world = await createWorld()
  const network = await Proxy.to(() => world.port)
  await exchange(world, network)
  const length = network.passed.up
  let failures = 0
  for (let bytes = length - 200; bytes < length && failures === 0; bytes += 20) {
    network.cutAfter = { direction: 'up', bytes }
    const outcome = await exchange(world, network, sabotaged('hasty')).catch(String)
    if (outcome !== whole) failures++
  }
  expect(failures).toBe(1)
  await network.close()
  await world.close()
}, 60_000)
