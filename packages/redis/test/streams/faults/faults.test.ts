import { until } from '@heliobus/testing'
import { randomInt } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { foundOut } from '../../../../testing/test/faults/found-out.ts'
import { Proxy } from '../../../../testing/test/faults/proxy.ts'
import { startServer } from '../../world.ts'
import type { Mutant } from './mutants.ts'
import { kept, Scene, type SceneOptions, type Verdict, type Worker } from './scene.ts'

/** How much longer than in `npm test`: `npm run test:chaos` says it. A seed that failed can be given again. */
const SCALE = Number(process.env['CHAOS'] ?? 1)
const SEED = Number(process.env['SEED'] ?? randomInt(1_000_000))
const LONG = 60_000 * SCALE

/** With `everysec` a Redis that is killed loses what it has answered for, too, if its disk was slow at that moment. */
const server = await startServer({ appendonly: 'yes', appendfsync: 'always' })
const scenes: Scene[] = []

afterEach(async () => {
  server.resume()
  await Promise.all(scenes.splice(0).map((one) => one.close()))
})

async function sceneOf(options: Partial<SceneOptions> = {}): Promise<Scene> {
  const scene = new Scene({ server, seed: SEED, patience: LONG / 2, ...options })
  scenes.push(scene)
  await scene.open()
  return scene
}

type Run = (mutant?: Mutant) => Promise<Verdict>

/** That the promise is kept, and is not when the mechanism behind it is broken. */
function fault(name: string, expected: Partial<Verdict>, run: Run, ...mutants: Mutant[]): void {
  describe(`${name}:`, () => {
    test(
      'the promise is kept',
      async () => {
        const verdict = await run()
        note(name, verdict)
        expect(verdict).toMatchObject(expected)
      },
      LONG,
    )
    test.each(mutants)(
      'and is not with a member that is %s',
      async (mutant) => expect(await foundOut(async () => isLike(await run(mutant), expected))).toBe(true),
      4 * LONG,
    )
  })
}

function isLike(verdict: Verdict, expected: Partial<Verdict>): boolean {
  return Object.entries(expected).every(([name, figure]) => Reflect.get(verdict, name) === figure)
}

/** For the table of `npm run test:chaos`. */
function note(name: string, { open, foreign, ...figures }: Verdict): void {
  const file = process.env['CHAOS_LEDGER']
  const line = { fault: `streams: ${name}`, ...figures, lost: figures.lost + open + foreign, gaps: 0 }
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`)
}

/** The place of one of those that are at work: now, if chance wants it so. */
async function pick(scene: Scene, workers: readonly Worker[]): Promise<number> {
  const busy = (): readonly Worker[] => workers.filter(({ name }) => scene.busy.includes(name))
  await until(() => busy().length > 0, 'somebody is at work')
  return workers.indexOf(busy()[Math.floor(scene.random() * busy().length)] ?? workers[0]!)
}

fault(
  'members are killed while they handle',
  kept,
  async (mutant) => {
    const scene = await sceneOf({ mutant, pace: 20, patience: mutant === undefined ? LONG / 2 : 3_000 })
    const workers = await Promise.all([scene.spawn(), scene.spawn()])
    for (let round = 0; round < 3 * SCALE; round++) {
      await scene.publish(SCALE === 1 ? 150 : 700) // ten times as long: 30 kills among 21,000 events
      await setTimeout(scene.random() * 50)
      const place = await pick(scene, workers)
      await workers[place]!.end('SIGKILL')
      workers[place] = await scene.spawn()
    }
    return scene.verdict()
  },
  'hasty',
  'forgetful',
)

fault(
  'a member sleeps longer than its lease',
  kept,
  async (mutant) => {
    const scene = await sceneOf({
      mutant,
      pace: 10,
      lease: 300,
      patience: mutant === undefined ? LONG / 2 : 3_000,
    })
    const workers = await Promise.all([scene.spawn(), scene.spawn()])
    for (let round = 0; round < 2 * SCALE; round++) {
      await scene.publish(200)
      const worker = workers[await pick(scene, workers)]!
      worker.pause()
      await setTimeout(600)
      await scene.publish(100)
      worker.resume()
      await scene.publish(100)
      await setTimeout(100)
    }
    return scene.verdict()
  },
  'lawless',
)

fault(
  'Redis is killed, and comes back with its log',
  kept,
  async (mutant) => {
    const scene = await sceneOf({ mutant, pace: 30, patience: mutant === undefined ? LONG / 2 : 3_000 })
    await Promise.all([scene.spawn(), scene.spawn()])
    for (let round = 0; round < 2 * SCALE; round++) {
      const publishing = scene.publish(400)
      await pick(scene, scene.workers)
      await server.kill()
      await setTimeout((round % 2) * 800) // shorter than a lease, and longer
      await server.start()
      await publishing
    }
    return scene.verdict()
  },
  'forgetful',
)

fault(
  'Redis stops for a while',
  kept,
  async (mutant) => {
    const scene = await sceneOf({ mutant, patience: mutant === undefined ? LONG / 2 : 3_000 })
    await Promise.all([scene.spawn(), scene.spawn()])
    for (let round = 0; round < 2 * SCALE; round++) {
      const publishing = scene.publish(400)
      await setTimeout(30 + scene.random() * 30)
      server.pause()
      await setTimeout(1_000)
      server.resume()
      await publishing
    }
    return scene.verdict()
  },
  'forgetful',
)

fault(
  'Redis stops for longer than a lease, again and again, while slow handlers work',
  { ...kept, buried: 0, handled: 24 },
  async (mutant) => {
    const scene = await sceneOf({ mutant, pace: 600, lease: 300, shards: 2, patience: LONG / 2 })
    await Promise.all([scene.spawn({ deliveries: 2 }), scene.spawn({ deliveries: 2 })])
    await scene.publish(24)
    for (let round = 0; round < 4 * SCALE; round++) {
      await until(() => scene.busy.length > 0 || scene.handled === 24, 'somebody is at work')
      server.pause()
      await setTimeout(700)
      server.resume()
      await setTimeout(500)
    }
    return scene.verdict()
  },
  'nameless',
)

describe("the publisher's network is cut, and swallows answers:", () => {
  const run = async (mutant?: Mutant): Promise<{ accepted: number; length: number }> => {
    const network = await Proxy.to(() => server.port)
    const scene = await sceneOf({ mutant, port: network.port })
    for (let round = 0; round < 5 * SCALE; round++) {
      const publishing = scene.publish(200)
      await setTimeout(scene.random() * 10)
      network.swallows.down = true // Redis carries out what it never confirms
      await setTimeout(20)
      network.cut(round % 2 === 0 ? 'rst' : 'fin')
      network.swallows.down = false
      await publishing
    }
    const length = await scene.length()
    await Promise.all(scenes.splice(0).map((one) => one.close()))
    await network.close()
    return { accepted: 1_000 * SCALE, length }
  }
  test(
    'each event is in the log once',
    async () => {
      const { accepted, length } = await run()
      expect(length).toBe(accepted)
    },
    LONG,
  )
  test(
    'and is not with a publisher that adds what it has added',
    async () => {
      const isFine = async (): Promise<boolean> => {
        const { accepted, length } = await run('double')
        return length === accepted
      }
      expect(await foundOut(isFine)).toBe(true)
    },
    4 * LONG,
  )
})

fault(
  "a member's network is half-open",
  kept,
  async (mutant) => {
    const network = await Proxy.to(() => server.port)
    const scene = await sceneOf({ mutant, patience: mutant === undefined ? LONG / 2 : 3_000 })
    await scene.spawn({ url: `redis://127.0.0.1:${network.port}` })
    for (let round = 0; round < 2 * SCALE; round++) {
      await scene.publish(50)
      network.swallows[round % 2 === 0 ? 'down' : 'up'] = true
      await scene.publish(100)
      await setTimeout(700)
      network.swallows.down = network.swallows.up = false
      await scene.publish(50)
    }
    const verdict = await scene.verdict()
    await Promise.all(scenes.splice(0).map((one) => one.close()))
    await network.close()
    return verdict
  },
  'forgetful',
)

fault(
  'events that throw, and hang',
  { ...kept, buried: 20 },
  async (mutant) => {
    const scene = await sceneOf({ mutant })
    await scene.spawn()
    await scene.publish(200, (n) => (n % 20 === 7 ? 'throws' : n % 20 === 13 ? 'hangs' : undefined))
    return scene.verdict()
  },
  'hasty',
)

describe('an event that kills whoever takes it:', () => {
  const run = async (mutant?: Mutant): Promise<{ verdict: Verdict; deaths: number; kinds: string[] }> => {
    const scene = await sceneOf({
      mutant,
      shards: 2,
      lease: 300,
      patience: mutant === undefined ? LONG / 2 : 500,
    })
    await scene.publish(60, (n) => (n === 20 ? 'kills' : undefined))
    let deaths = 0
    const end = performance.now() + (mutant === undefined ? LONG / 2 : 5_000)
    while (performance.now() < end && deaths < 8 && scene.handled < 59) {
      const worker = await scene.spawn()
      const over = () => worker.process.signalCode !== null || scene.handled === 59
      await until(over, 'it dies, or all others are handled')
      if (worker.process.signalCode !== null) deaths++
      else await setTimeout(100)
    }
    const kinds = (await scene.letters()).map(({ letter }) => letter.kind)
    return { verdict: await scene.verdict(), deaths, kinds }
  }
  test(
    'it is buried after a few, and all others are handled',
    async () => {
      const { verdict, deaths, kinds } = await run()
      expect(verdict).toMatchObject({ ...kept, handled: 59 })
      expect(kinds).toEqual(['crashed'])
      expect(deaths).toBe(4)
    },
    LONG,
  )
  test(
    'and is not with members that do not note what they begin',
    async () => {
      expect((await run('uncounted')).kinds).toEqual([])
    },
    LONG,
  )
})

fault(
  'a member dies the moment that a dead letter is there',
  { ...kept, buried: 1, handled: 99 },
  async (mutant) => {
    const scene = await sceneOf({ mutant, lease: 200, patience: 4_000 })
    const worker = await scene.spawn({ diesWhenBuried: true })
    await scene.publish(100, (n) => (n === 50 ? 'throws' : undefined))
    await until(() => worker.process.signalCode !== null, 'it dies')
    await scene.spawn()
    return scene.verdict()
  },
  'torn',
)

fault(
  'members are replaced one after the other, in order',
  { ...kept, duplicates: 0, buried: 0 },
  async (mutant) => {
    // No lease may run out here, however busy the machine; after an abrupt end one must.
    const scene = await sceneOf({ mutant, pace: 40, lease: mutant === undefined ? 15_000 : 3_000 })
    let workers = await Promise.all([scene.spawn(), scene.spawn()])
    const over = { isOver: false }
    const publishing = (async () => {
      while (!over.isOver) {
        await scene.publish(10)
        await setTimeout(20)
      }
    })()
    for (let round = 0; round < 3 * SCALE; round++) {
      const [oldest, ...others] = workers
      workers = [...others, await scene.spawn()]
      await until(() => scene.busy.includes(oldest.name), 'it is at work', LONG / 4)
      await oldest.end('SIGTERM')
    }
    over.isOver = true
    await publishing
    return withBegun(scene, await scene.verdict())
  },
  'abrupt',
)

/** What was begun and not ended counts as begun twice: its handler was called again. */
function withBegun(scene: Scene, verdict: Verdict): Verdict {
  const begun = scene.lines('begun')
  return { ...verdict, duplicates: begun.length - new Set(begun.map(([id]) => id)).size }
}
