import { until } from '@heliobus/testing'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { report } from '../../../testing/test/faults/ledger.ts'
import { SCALE } from '../../../testing/test/faults/scale.ts'
import type { Tab, TabOptions } from './page.ts'
import { openShop, openStage, type Shop, type Stage } from './shop.ts'

declare const tab: Tab

vi.setConfig({ testTimeout: 60_000 * SCALE, hookTimeout: 60_000 }) // a browser starts

/** The long tests publish so many times as much. */
const COUNT = 400 * SCALE

let stage: Stage
let shop: Shop

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

beforeEach(async () => {
  shop = await openShop(stage)
})

afterEach(() => shop.close())

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

const open = (options: Partial<TabOptions> = {}): Promise<Page> => shop.open({ leads: true, ...options })

const heard = (page: Page, key: string): Promise<readonly unknown[]> =>
  page.evaluate((one) => tab.heard(one), key)

const hasHeard = (page: Page, key: string, count: number, timeout = 20_000 * SCALE): Promise<unknown> =>
  page.waitForFunction(([one, many]) => tab.heard(one).length >= many, [key, count] as const, { timeout })

const gaps = (page: Page): Promise<readonly string[]> => page.evaluate(() => tab.gaps())

describe('tabs that share a connection', () => {
  test('have one for all: each hears the hub, and the others, in order', async () => {
    const pages = [await open(), await open(), await open()]
    await Promise.all([
      shop.publish('hub', 0, COUNT),
      ...pages.map((page, index) =>
        page.evaluate((all) => tab.publish(...all), [`tab ${index}`, 0, COUNT / 4] as const),
      ),
    ])
    await shop.settled()
    for (const [index, page] of pages.entries()) {
      await hasHeard(page, 'hub', COUNT)
      expect(await heard(page, 'hub')).toEqual(range(COUNT))
      for (const other of [0, 1, 2].filter((one) => one !== index)) {
        await hasHeard(page, `tab ${other}`, COUNT / 4)
        expect(await heard(page, `tab ${other}`)).toEqual(range(COUNT / 4))
      }
      expect(await gaps(page)).toEqual([])
      expect(await page.evaluate(() => tab.dropped())).toEqual([])
    }
    expect(shop.world.hub.connections()).toHaveLength(2) // one hears, one sends
    expect(shop.ledger.verdict).toMatchObject({ lost: 0, twice: 0, disordered: 0, repeats: 0 })
  })

  /** The leader crashes while events come and go; nobody is connected for a while. */
  async function succeed(options: Partial<TabOptions> = {}): Promise<readonly [Page, Page]> {
    const [leader, second, third] = [await open(options), await open(options), await open(options)]
    const publishing = [
      shop.publish('hub', 0, COUNT / 2),
      second.evaluate((count) => tab.publish('second', 0, count), COUNT),
    ]
    await hasHeard(third, 'hub', COUNT / 8)
    shop.network.isDown = true
    await leader.close({ runBeforeUnload: false })
    await until(() => shop.world.hub.connections().length === 0, 'nobody is connected')
    await Promise.all(publishing)
    await shop.publish('hub', COUNT / 2, COUNT / 2)
    shop.network.isDown = false
    return [second, third]
  }

  test('when the one that has it crashes, another goes on where it left off', async () => {
    const [second, third] = await succeed()
    await shop.settled()
    for (const page of [second, third]) {
      await hasHeard(page, 'hub', COUNT)
      expect(await heard(page, 'hub')).toEqual(range(COUNT))
      expect(await gaps(page)).toEqual([])
    }
    await hasHeard(third, 'second', COUNT)
    expect(await heard(third, 'second')).toEqual(range(COUNT))
    expect(shop.accepted).toBe(COUNT)
    expect(shop.ledger.verdict).toMatchObject({ lost: 0, twice: 0, disordered: 0, repeats: 0 })
    report('three tabs with one connection, and the one that has it crashes', shop.ledger)
  })

  test('and one that does not say where it left off fails this test', async () => {
    const [, third] = await succeed({ mutant: 'forgetful' })
    await expect(hasHeard(third, 'hub', COUNT, 1_000)).rejects.toThrow('Timeout')
  })

  test('each gets what it wants, whoever has the connection', async () => {
    const leader = await open({ wants: ['nothing'] })
    const [reader, idle] = [await open({ wants: ['news.*'] }), await open({ wants: ['nothing'] })]
    await shop.publish('hub', 0, 10)
    await hasHeard(reader, 'hub', 10)
    await leader.close({ runBeforeUnload: false })
    await shop.publish('hub', 10, 10)
    await hasHeard(reader, 'hub', 20)
    expect(await heard(reader, 'hub')).toEqual(range(20))
    await reader.close({ runBeforeUnload: false })
    await idle.waitForFunction(() => tab.status() === 'open')
    await idle.evaluate(() => tab.publish('idle', 0, 5))
    await shop.settled()
    expect(await gaps(idle)).toEqual([])
  })

  test('one that says goodbye hands over, too; and a new one hears at once', async () => {
    const [leader, second] = [await open(), await open()]
    await leader.evaluate(() => tab.close())
    const third = await open()
    await second.evaluate(() => tab.publish('second', 0, 10))
    await hasHeard(third, 'second', 10)
    expect(shop.world.hub.connections()).toHaveLength(2)
  })

  test('and without locks each has one of its own: this test fails', async () => {
    await open({ mutant: 'lawless' })
    await open({ mutant: 'lawless' }).catch(() => undefined)
    await until(() => shop.network.connections > 2, 'the second connects, too')
  })
})
