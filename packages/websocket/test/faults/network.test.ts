import { afterEach, describe, expect, test } from 'vitest'
import { flawless, type Verdict } from './ledger.ts'
import type { Mutant } from './sabotage.ts'
import { createScene, type Scene, type SceneOptions } from './scene.ts'
import { StutteringSocket } from './sabotage.ts'

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
  describe(name, () => {
    test('nothing is lost, nothing comes twice, all is in order', async () => {
      expect(await run({})).toEqual(expected)
    })
    test.each(mutants)('and a %s client fails this test', async (mutant) => {
      const verdict = await run({ mutant, deadline: 1_500 }).catch((error: unknown) => error)
      expect(verdict).not.toEqual(expected)
    })
  })
}

const cutting =
  (how: 'fin' | 'rst'): Run =>
  async (options) => {
    const { publish, verdict, networks } = await scene(options)
    for (let round = 0; round < 4; round++) {
      await publish(60)
      for (const network of networks) network.cut(how)
    }
    return verdict()
  }

fault('connections that are cut politely', cutting('fin'), ['forgetful', 'hasty', 'nameless'])
fault('connections that are cut by force', cutting('rst'), ['forgetful', 'hasty'])
