import { until } from '@heliobus/testing'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { foundOut } from '../../../testing/test/faults/found-out.ts'
import { flawless, report, type Verdict } from '../../../testing/test/faults/ledger.ts'
import type { WebSocketOptions } from '../../src/client/index.ts'
import { type Mutant, sabotaged, StutteringSocket } from './sabotage.ts'
import { isLong, SCALE } from '../../../testing/test/faults/scale.ts'
import { createScene, type Scene, type SceneOptions } from './scene.ts'

vi.setConfig({ testTimeout: 15_000 * SCALE })

const scenes: Scene[] = []

afterEach(async () => {
  await Promise.all(scenes.splice(0).map((one) => one.close()))
})

async function scene(options: SceneOptions): Promise<Scene> {
  const one = await createScene(options)
  scenes.push(one)
  return one
}

type Run = (options: SceneOptions) => Promise<Verdict>

/** What the verdict is as it should be, and that it is another one, or none, when a mechanism is broken. */
function fault(name: string, run: Run, mutants: readonly Mutant[], expected: Verdict = flawless): void {
  describe(`${name}:`, () => {
    test('nothing is lost, nothing comes twice, all is in order', async () => {
      expect(await run({})).toEqual(expected)
      report(name, scenes.at(-1)!.ledger)
    })
    test.each(mutants)('and a %s client fails this test', async (mutant) => {
      const isFine = async (): Promise<boolean> =>
        isDeepStrictEqual(await run({ mutant, deadline: 1_500 }), expected)
      expect(await foundOut(isFine)).toBe(true)
    })
  })
}

const cutting =
  (how: 'fin' | 'rst'): Run =>
  async (options) => {
    const { publish, verdict, networks } = await scene(options)
    for (let round = 0; round < 4 * SCALE; round++) {
      await publish(60)
      for (const network of networks) network.cut(how)
    }
    return verdict()
  }

/** Patient clients and a patient hub would wait for ever. */
const alert = { silentFor: 150, answerWithin: 100, connectWithin: 300 }

const halfOpen =
  (direction: 'up' | 'down', limits: NonNullable<WebSocketOptions['limits']> = alert): Run =>
  async (options) => {
    const { publish, verdict, networks } = await scene({ ...options, client: { limits } })
    await publish(50 * SCALE)
    for (const network of networks) network.swallows[direction] = true
    await publish(50)
    const before = networks.map(({ connections }) => connections)
    await until(
      () => networks.every(({ connections }, index) => connections > before[index]!),
      'both notice, and connect anew',
      options.deadline ?? 5_000,
    )
    for (const network of networks) network.swallows[direction] = false
    await publish(50)
    return verdict()
  }

describe.each([
  ['up', 'hasty'],
  ['down', 'forgetful'],
] as const)('half-open, %s', (direction, mutant) => {
  fault(`a network that swallows what goes ${direction}`, halfOpen(direction), [mutant])

  test('and a client that never asks whether the hub is there fails this test', async () => {
    const limits = { silentFor: 1e9 }
    await expect(halfOpen(direction, limits)({ deadline: 700 })).rejects.toThrow('both notice')
  })
})

fault(
  'latency, with a cut in the middle',
  async (options) => {
    const { publish, verdict, networks, ledger } = await scene(options)
    for (const network of networks) network.latency = isLong ? 200 : 50
    const publishing = publish(300 * SCALE)
    await until(() => ledger.handled.length > 0, 'the first arrives, while others are on their way')
    for (const network of networks) network.cut('rst')
    await publishing
    return verdict()
  },
  ['forgetful', 'hasty'],
)

fault(
  'bytes that come one at a time, with a cut in the middle',
  async (options) => {
    const { publish, verdict, networks } = await scene(options)
    for (const network of networks) network.slices = true
    await publish(20 * SCALE)
    for (const network of networks) network.cut('fin')
    await publish(20 * SCALE)
    return verdict()
  },
  ['forgetful', 'hasty'],
)

fault(
  'every frame with events comes twice, both ways',
  async ({ mutant, ...options }) => {
    const WebSocket = mutant === undefined ? StutteringSocket : sabotaged(mutant)
    const { publish, verdict, ledger } = await scene({ ...options, client: { WebSocket } })
    await publish(100 * SCALE)
    const last = await verdict()
    const repeatsAtTheHub = ledger.repeats - ledger.handled.length
    return { ...last, repeats: Math.max(0, repeatsAtTheHub) }
  },
  ['repeating'],
)

fault('connections that are cut by FIN', cutting('fin'), ['forgetful', 'hasty', 'nameless'])
fault('connections that are cut by RST', cutting('rst'), ['forgetful', 'hasty'])
