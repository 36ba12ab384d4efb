import { until } from '@heliobus/testing'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ask } from '../../../../scripts/redis-server.mjs'
import { foundOut } from '../../../testing/test/faults/found-out.ts'
import type { PubSubLimits, RedisClient } from '../../src/index.ts'
import { clients, startServer } from '../world.ts'
import type { Mutant } from './sabotage.ts'
import { type Account, balanced, createScene, type Scene, type SceneOptions } from './scene.ts'

/** A subscriber that doesn't read is cut off by Redis when 1 MB waits for it. */
const server = await startServer({ 'client-output-buffer-limit': 'pubsub 1mb 512kb 1' })
const scenes: Scene[] = []
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

afterEach(async () => {
  await Promise.all(scenes.splice(0).map((one) => one.close()))
})

type Options = Omit<SceneOptions, 'server'>
type Run = (options: Options) => Promise<Account>

async function scene(options: Options): Promise<Scene> {
  const one = await createScene({ server, ...options })
  scenes.push(one)
  return one
}

/** That everything is accounted for over either client, and that it isn't, or never ends, when a mechanism is broken. */
function fault(name: string, run: Run, mutants: readonly Mutant[]): void {
  describe(`${name}:`, () => {
    test.each(clients)(
      'every event is handled once and in order, or counted in a gap (%s)',
      async (_, clientOf) => {
        expect(await run({ clientOf })).toEqual(balanced)
      },
    )
    test.each(mutants)('and a client that is %s fails this test', async (mutant) => {
      const [[, clientOf]] = clients as [readonly [string, (url: string) => RedisClient]]
      const isBalanced = async (): Promise<boolean> =>
        isDeepStrictEqual(await run({ clientOf, mutant, deadline: 1_000 }), balanced)
      expect(await foundOut(isBalanced)).toBe(true)
    })
  })
}

/** Patient connections would wait for seconds. */
const alert = { silentFor: 100, answerWithin: 150, connectWithin: 1_000 }

const lost = ({ statuses }: Scene, deadline?: number): Promise<void> =>
  until(
    () => statuses.sender.includes('lost') && statuses.receiver.includes('lost'),
    'both links are lost',
    deadline,
  )

fault(
  'nothing happens',
  async (options) => {
    const { publish, account } = await scene(options)
    await publish(100)
    return account()
  },
  ['insistent'],
)

const cutting =
  (how: 'fin' | 'rst'): Run =>
  async (options) => {
    const { publish, account, networks, ledger, sender } = await scene(options)
    for (let round = 0; round < 4; round++) {
      await publish(60)
      networks[0].cut(how)
      await publish(20)
      networks[1].isDown = true
      networks[1].cut(how)
      await publish(20)
      await sender.drain() // while nobody listens
      networks[1].isDown = false
    }
    const result = await account()
    expect(ledger.gaps).toContain('the link was lost')
    return result
  }

fault('connections that are cut politely', cutting('fin'), ['uncounted', 'deaf'])
fault('connections that are cut by force', cutting('rst'), ['uncounted', 'deaf'])

fault(
  'Redis is killed, and started again',
  async (options) => {
    const one = await scene(options)
    await one.publish(50)
    await server.kill()
    await one.publish(50)
    await lost(one)
    await server.start()
    return one.account()
  },
  ['deaf'],
)

const pausing =
  (limits?: PubSubLimits): Run =>
  async (options) => {
    const one = await scene({ ...options, ...(limits && { limits }) })
    await one.publish(50)
    server.pause()
    try {
      await one.publish(50)
      await lost(one, options.deadline)
      await one.publish(50)
    } finally {
      server.resume()
    }
    return one.account()
  }

describe('Redis stands still, with every connection open:', () => {
  fault('and is told as lost', pausing(alert), [])
  patience(pausing({ answerWithin: 1e9, silentFor: 1e9 }))
})

const halfOpen =
  (direction: 'up' | 'down', limits: PubSubLimits = alert): Run =>
  async (options) => {
    const one = await scene({ ...options, limits })
    await one.publish(50)
    for (const network of one.networks) network.swallows[direction] = true
    await one.publish(50)
    await lost(one, options.deadline)
    for (const network of one.networks) network.swallows[direction] = false
    await one.publish(50)
    return one.account()
  }

describe.each(['up', 'down'] as const)(
  'a network that swallows what goes %s, and tells nobody:',
  (direction) => {
    fault('is noticed', halfOpen(direction), ['uncounted'])
    patience(halfOpen(direction, { answerWithin: 1e9, silentFor: 1e9 }))
  },
)

describe('what is published into a network that swallows it:', () => {
  const lose = async (options: Options): Promise<number> => {
    const one = await scene({ ...options, limits: alert })
    one.networks[0].swallows.up = true
    await one.publish(50)
    await until(() => one.statuses.sender.includes('lost'), 'the link is lost')
    one.networks[0].swallows.up = false
    expect(await one.account()).toEqual(balanced)
    return one.missing
  }

  test.each(clients)(
    'one message is lost, and the rest waits for the next connection (%s)',
    async (_, clientOf) => {
      expect(await lose({ clientOf })).toBeLessThan(10)
    },
  )
  test('and a client that is hasty fails this test', async () => {
    const [[, clientOf]] = clients as [readonly [string, (url: string) => RedisClient]]
    const isFine = async (): Promise<boolean> => (await lose({ clientOf, mutant: 'hasty' })) < 10
    expect(await foundOut(isFine)).toBe(true)
  })
})

fault(
  'a subscriber that does not read is cut off by Redis',
  async (options) => {
    const one = await scene(options)
    await one.publish(50)
    const subscriber = (await subscribers()).at(-1)!
    one.networks[1].stick(true)
    for (let round = 0; round < 60 && (await subscribers()).includes(subscriber); round++)
      await one.publish(40, 'x'.repeat(50_000))
    if ((await subscribers()).includes(subscriber)) throw new Error('Redis has not cut it off')
    one.networks[1].stick(false)
    await until(() => one.statuses.receiver.includes('lost'), 'the link is lost', options.deadline)
    await one.publish(50)
    return one.account()
  },
  ['uncounted', 'deaf'],
)

/** The ids of the connections that are subscribed, oldest first. */
async function subscribers(): Promise<readonly string[]> {
  const list = await ask(server.port, 'CLIENT LIST TYPE pubsub')
  return [...list.matchAll(/^id=(\d+)/gm)].map(([, id]) => id!)
}

/** Connections that wait for ever, as those of the clients do, don't notice. */
function patience(run: Run): void {
  test('and connections that are never alarmed fail this test', async () => {
    const [[, clientOf]] = clients as [readonly [string, (url: string) => RedisClient]]
    await expect(run({ clientOf, deadline: 700 })).rejects.toThrow('both links are lost')
  })
}
