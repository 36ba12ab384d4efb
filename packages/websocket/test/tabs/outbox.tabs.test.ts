import { until } from '@heliobus/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Tab } from './page.ts'
import { openShop, type Shop } from './shop.ts'

declare const tab: Tab

let shop: Shop

beforeEach(async () => {
  shop = await openShop()
})

afterEach(async () => {
  await shop.close()
})

test('what was published while the hub was away is sent by the next page', async () => {
  const page = await shop.open()
  shop.network.isDown = true
  shop.network.cut('rst')
  await page.evaluate(() => tab.publish('a', 0, 50))
  expect(shop.accepted).toBe(50)
  await page.reload()
  shop.network.isDown = false
  await shop.open()
  await shop.settled()
  expect(shop.ledger.verdict).toMatchObject({ lost: 0, twice: 0, disordered: 0, repeats: 0 })
  expect(shop.ledger.handled).toHaveLength(50)
})
