import { until } from '@heliobus/testing'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ask } from '../../../../../scripts/redis-server.mjs'
import { foundOut } from '../../../../testing/test/faults/found-out.ts'
import { flawless, report, type Verdict } from '../../../../testing/test/faults/ledger.ts'
import { SCALE } from '../../../../testing/test/faults/scale.ts'
import { startServer } from '../../world.ts'
import type { HubMutant } from './hub-process-options.ts'
import { Scene, type SceneOptions } from './scene.ts'

vi.setConfig({ testTimeout: 40_000 * SCALE })

/** With `everysec` a Redis that is killed loses what it has answered for, too, if its disk was slow at that moment. */
const server = await startServer({ appendonly: 'yes', appendfsync: 'always' })
const scenes: Scene[] = []

afterEach(async () => {
  await Promise.all(scenes.splice(0).map((one) => one.close()))
})

async function scene(options: Partial<SceneOptions> = {}): Promise<Scene> {
  const deadline = options.mutant === undefined ? 20_000 * SCALE : 2_000
  const one = await Scene.open({ server, deadline, ...options })
  scenes.push(one)
  return one
}

type Verdicts = Readonly<Record<string, Verdict>>

/** Everybody has everything once and in order, and was told of no gap. */
function allFlawless(verdicts: Verdicts): void {
  expect(verdicts).toEqual(Object.fromEntries(Object.keys(verdicts).map((name) => [name, flawless])))
}

type Run = (mutant?: HubMutant) => Promise<Scene>

/** That everybody has everything once, and has not when a mechanism is broken. */
function fault(name: string, run: Run, ...mutants: HubMutant[]): void {
  describe(`${name}:`, () => {
    test('everybody goes on where they were', async () => {
      const one = await run()
      allFlawless(await one.verdicts())
      report(`hubs: ${name}`, one.clients[0]!.ledger)
    })

    test.each(mutants)('and not with hubs that are %s', async (mutant) => {
      const isFine = async (): Promise<boolean> => {
        const verdicts = await (await run(mutant)).verdicts()
        return Object.values(verdicts).every((verdict) => isDeepStrictEqual(verdict, flawless))
      }
      expect(await foundOut(isFine)).toBe(true)
    })
  })
}

fault(
  'clients move from hub to hub while everybody publishes',
  async (mutant) => {
    const one = await scene({ mutant })
    for (let round = 0; round < 6 * SCALE; round++) {
      for (const hub of one.hubs) hub.publish(40)
      await one.publish(30)
      await setTimeout(Math.random() * 3) // some are on their way there, some on their way back
      const client = one.clients[round % one.clients.length]!
      one.move(client, 1 - client.hub)
      await one.publish(30)
    }
    for (const client of one.clients) await one.moveUnheard(client, 1 - client.hub)
    return one
  },
  'forgetful',
)

fault(
  'a client comes to a hub that is behind the one that it has left',
  async (mutant) => {
    const one = await scene({ mutant })
    const [client, ...others] = one.clients
    one.networks[1]!.latency = 50
    for (let round = 0; round < 2 * SCALE; round++) {
      await one.publish(30, others)
      await until(() => client!.ledger.handled.length === 60 * (round + 1), 'it has all')
      one.move(client!, 1)
      await until(() => client!.bridge.status === 'lost', 'it is on its way')
      await until(() => client!.bridge.status === 'open', 'it is there')
      one.move(client!, 0)
    }
    return one
  },
  'impatient',
)

fault(
  'a hub is killed, its clients move, and it is started again',
  async (mutant) => {
    const one = await scene({ mutant })
    const [client] = one.clients
    const [network] = one.networks
    for (let round = 0; round < 2 * SCALE; round++) {
      await one.publish(100)
      await client!.bus.drain()
      network!.swallows.up = true
      await one.publishAndSend(20, client!)
      await setTimeout(50) // they have come as far as the hub
      await one.hubs[0]!.kill()
      network!.swallows.up = false
      for (const each of one.clients) if (each.hub === 0) one.move(each, 1)
      await one.publish(20)
      await one.start(0)
      one.move(client!, 0)
    }
    return one
  },
  'hasty',
)

fault(
  'a hub stands still, its clients move, and it wakes up with what they had sent',
  async (mutant) => {
    const one = await scene({ mutant })
    const [client] = one.clients
    for (let round = 0; round < SCALE; round++) {
      await one.publish(20)
      await client!.bus.drain()
      one.hubs[0]!.pause()
      await one.publishAndSend(20, client!)
      one.move(client!, 1, 'fin')
      await client!.bus.drain()
      one.hubs[0]!.resume()
      one.move(client!, 0)
    }
    return one
  },
  'careless',
)

fault(
  'Redis is killed, and comes back with its log',
  async (mutant) => {
    const one = await scene({ mutant })
    for (let round = 0; round < SCALE; round++) {
      const publishing = one.publish(200)
      await server.kill()
      await publishing
      await one.publish(50)
      await server.start()
      await one.publish(50)
    }
    return one
  },
  'deaf',
)

fault(
  'Redis is away for longer than the hubs are patient: clients keep what was not acknowledged',
  async (mutant) => {
    const one = await scene({ mutant, appendWithin: 200 })
    await one.publish(50)
    const publishing = one.publish(100)
    await server.kill()
    const isSentAway = (): boolean => one.clients.every(({ bridge }) => bridge.status === 'lost')
    try {
      await publishing
      await until(isSentAway, 'everybody is sent away', mutant === undefined ? 10_000 : 2_000)
      await one.publish(50)
    } finally {
      await server.start()
    }
    return one
  },
  'hasty',
)

fault(
  'a hub is cut off from Redis without a word, and goes on',
  async (mutant) => {
    const one = await scene({ mutant })
    const [network] = one.networks
    const { passed } = network!
    const publishing = one.publish(100)
    network!.swallows.down = true // Redis carries out what it never confirms
    const before = passed.up
    one.hubs[0]!.publish(20)
    await until(() => passed.up > before + 20 * 200, 'it is sent')
    network!.swallows.up = true
    await publishing
    await one.publish(100)
    await until(() => network!.connections > 4, 'it comes back', mutant === undefined ? 10_000 : 2_000)
    network!.swallows.up = network!.swallows.down = false
    return one
  },
  'insistent',
  'patient',
)

describe('Redis has lost everything', () => {
  async function flush(mutant?: HubMutant): Promise<Scene> {
    const one = await scene({ mutant })
    await one.publish(50)
    allFlawless(await one.verdicts())
    await ask(server.port, 'FLUSHALL')
    const isTold = (): boolean => Object.values(one.gaps).every(({ length }) => length > 0)
    await until(isTold, 'everybody is told', mutant === undefined ? 10_000 : 1_000)
    return one
  }

  test('everybody is told of a gap, and goes on', async () => {
    const one = await flush()
    const told = Object.values(one.gaps).flat()
    expect(new Set(told)).toEqual(new Set(['the hub has begun a new history']))
    await until(() => one.clients.every(({ bridge }) => bridge.status === 'open'), 'all are back')
    await one.beginAnew(one.clients[0]!)
    await one.publish(50)
    allFlawless(await one.verdicts())
  })

  test('and hubs that do not tell fail this test', async () => {
    await expect(flush('silent')).rejects.toThrow('everybody is told')
  })
})

test('a hub that was away for longer than the history reaches: those that it serves are told of a gap', async () => {
  const one = await scene({ events: 200 })
  await one.publish(20)
  allFlawless(await one.verdicts())
  const [network] = one.networks
  network!.isDown = true
  network!.cut('rst')
  const others = one.clients.filter(({ hub }) => hub === 1)
  for (let round = 0; round < 8; round++) {
    await one.publish(100, others)
    await others[0]!.bus.drain()
  }
  network!.isDown = false
  const isTold = (name: string): boolean => one.gaps[name]!.length > 0
  await until(() => ['hub0', 'client0', 'client2'].every(isTold), 'they are told')
  await one.beginAnew(others[0]!)
  await one.publish(50)
  allFlawless(await one.verdicts())
})
