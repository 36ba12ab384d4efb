import { until } from '@heliobus/testing'
import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { report } from '../../../testing/test/faults/ledger.ts'
import { SCALE } from '../../../testing/test/faults/scale.ts'
import type { Tab, TabOptions } from './page.ts'
import type { KeptOutboxMutant } from './page-sabotage.ts'
import { openShop, openStage, type Shop, type Stage } from './shop.ts'

declare const tab: Tab

vi.setConfig({ testTimeout: 60_000 * SCALE, hookTimeout: 60_000 }) // a browser starts

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

/** What is promised of what was accepted. */
const kept = { lost: 0, twice: 0, disordered: 0, repeats: 0 }

const publish = (page: Page, key: string, count: number, first = 0): Promise<void> =>
  page.evaluate((all) => tab.publish(...all), [key, first, count] as const)

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n)

/** A page that is gone says nothing any more. */
const publishUntilGone = (page: Page, key: string, count: number): Promise<void> =>
  publish(page, key, count).catch(() => undefined)

describe('what was published while the hub was away', () => {
  async function reload(options: Partial<TabOptions>): Promise<number> {
    const page = await shop.open(options)
    shop.network.isDown = true
    shop.network.cut('rst')
    const publishing = publishUntilGone(page, 'a', 50)
    if (options.outbox === undefined && 'outbox' in options) await page.waitForTimeout(300)
    else await publishing
    const { accepted } = shop
    await page.reload()
    shop.network.isDown = false
    await shop.open(options)
    await shop.settled()
    return accepted
  }

  test('counts as accepted, and is sent after a reload', async () => {
    expect(await reload({})).toBe(50)
    expect(shop.ledger.verdict).toMatchObject(kept)
    expect(shop.ledger.handled).toHaveLength(50)
    report('a reload while the hub is away', shop.ledger)
  })

  test('and an outbox in memory fails this test', async () => {
    expect(await reload({ outbox: undefined })).toBe(0)
    expect(shop.ledger.handled).toHaveLength(0)
  })
})

describe('a page that crashes while it sends', () => {
  const COUNT = 1_000 * SCALE

  /** Crashes while many events are on their way, and will never arrive; then another page is opened. */
  async function crash(mutant?: KeptOutboxMutant): Promise<void> {
    const page = await shop.open({ mutant })
    await Promise.all([
      publish(page, 'a', COUNT / 2),
      until(() => shop.ledger.handled.length > 0, 'some have arrived').then(
        () => (shop.network.swallows.up = true),
      ),
    ])
    await publish(page, 'a', COUNT / 2, COUNT / 2)
    await page.goto('chrome://crash').catch(() => undefined) // that is what it is for
    await page.close()
    shop.network.swallows.up = false
    await shop.open()
  }

  test('loses nothing of what was accepted, and nothing comes twice', async () => {
    await crash()
    await shop.settled()
    expect(shop.accepted).toBe(COUNT)
    expect(shop.ledger.verdict).toMatchObject(kept)
    report('a tab that crashes while it sends', shop.ledger)
  })

  test('and one that removes what the hub has not acknowledged fails this test', async () => {
    await crash('hasty')
    await expect(shop.settled(1_000)).rejects.toThrow('still not')
  })
})

describe('two tabs that share an outbox', () => {
  const COUNT = 300 * SCALE

  /** Both publish; the one that sends is closed half-way. */
  async function share(mutant?: KeptOutboxMutant): Promise<readonly [Page, Page]> {
    const pages = [await shop.open({ mutant }), await shop.open({ mutant })] as const
    await Promise.all([publish(pages[0], 'a', COUNT), publish(pages[1], 'b', COUNT)])
    return pages
  }

  test('send over one connection; each is heard by the other, in order', async () => {
    const pages = await share()
    await shop.settled()
    expect(shop.ledger.verdict).toMatchObject(kept)
    expect(shop.ledger.handled).toHaveLength(2 * COUNT)
    expect(shop.world.hub.connections()).toHaveLength(3) // both listen, one sends
    for (const [index, page] of pages.entries()) {
      const others = index === 0 ? 'b' : 'a'
      await page.waitForFunction(([key, count]) => tab.heard(key).length >= count, [others, COUNT] as const)
      expect(await page.evaluate((key) => tab.heard(key), others)).toEqual(range(COUNT))
      expect(await page.evaluate(() => tab.dropped())).toEqual([])
    }
  })

  test('and when the one that sends is closed, the other goes on', async () => {
    const [first, second] = [await shop.open(), await shop.open()]
    const publishing = [publishUntilGone(first, 'a', COUNT), publish(second, 'b', COUNT)]
    await until(() => shop.ledger.handled.length > COUNT / 4, 'some have arrived')
    await first.close({ runBeforeUnload: false })
    await Promise.all(publishing)
    await shop.settled()
    expect(shop.ledger.verdict).toMatchObject(kept)
    report('two tabs, and the one that sends crashes', shop.ledger)
  })

  test('and a world without a lock fails this test: they take the session from each other', async () => {
    const pages = await share('lawless')
    const isFine = async (): Promise<boolean> => {
      const statuses = await Promise.all(pages.map((page) => page.evaluate(() => tab.status())))
      return statuses.every((one) => one === 'open') && shop.world.hub.connections().length === 3
    }
    await expect.poll(isFine).toBe(false)
  })
})

test('a full outbox takes nothing more, and says so', async () => {
  const page = await shop.open({ outbox: { events: 20 } })
  shop.network.isDown = true
  shop.network.cut('rst')
  await publish(page, 'a', 50)
  expect(shop.accepted).toBe(20)
  expect(shop.refusals).toEqual(Array(30).fill('outbox-full'))
  expect(await page.evaluate(() => tab.waiting())).toBe(20)
  const other = await shop.open()
  expect(await other.evaluate(() => tab.waiting())).toBe(20)
  shop.network.isDown = false
  await shop.settled()
  await expect.poll(() => page.evaluate(() => tab.waiting())).toBe(0)
  expect(shop.ledger.handled.map(({ n }) => n)).toEqual(range(20))
})

test('what the hub refuses later is told as a gap, also to the next page', async () => {
  const page = await shop.open()
  shop.network.isDown = true
  shop.network.cut('rst')
  await publish(page, 'a', 5)
  await page.close({ runBeforeUnload: false })
  shop.rights.publish = ['other']
  shop.network.isDown = false
  const next = await shop.open()
  await next.waitForFunction(() => tab.gaps().length === 5)
  expect((await next.evaluate(() => tab.gaps()))[0]).toBe(
    'the hub did not take work.done: the hub does not let this client publish work.done',
  )
  shop.rights.publish = ['**']
  await next.evaluate(() => tab.close())
  const last = await shop.open()
  await publish(last, 'b', 5)
  await until(() => shop.ledger.handled.length === 5, 'the outbox goes on')
})
