import type { ConsumerGroup } from '@heliobus/core'
import { expect, type Locator, type Page, test as base } from '@playwright/test'
import { FakeGroup, letter, shard } from '../../packages/websocket/test/fake-group.ts'
import { faultsOf } from './axe.ts'
import { panelOf } from './devtools.ts'
import { type NodeSide, startNodeSide } from './node-side.ts'

const HOUR = 3_600_000

interface Worlds {
  readonly billing: FakeGroup
  readonly side: NodeSide
}

const test = base.extend<Worlds>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants it so
  billing: async ({}, use) => use(lateGroup()),
  side: async ({ baseURL, billing }, use) => {
    const side = await startNodeSide([new URL(baseURL!).origin], 0, {
      groups: [billing, fineGroup()],
      authorize: (_, { token }) => token === 'right' || token === 'guest',
      authorizeActions: (_, { token }) => token === 'right',
    })
    await use(side)
    await side.close()
  },
})

/** A shard has no owner, a key is kept back, three events were given up, and it is late. */
function lateGroup(): FakeGroup {
  const group = new FakeGroup('redis:shop/billing', 7 * HOUR)
  const owners = ['7b0c9d52-32f1-4b1e-9e4f-0a1b2c3d4e5f', 'c2f3a9d1-55aa-4f0e-8d1c-6b7a8c9d0e1f']
  const at = Date.now()
  group.kept
    .set('0/1-0', letter({ total: 12, password: 'hunter2' }, { at: at - 60_000 }))
    .set('0/2-0', letter({ total: 13 }, { at: at - 50_000, redrives: 1 }))
    .set('2/1-0', letter({ total: 14 }, { at: at - 9_000, kind: 'expired', attempts: 0 }))
  group.blocked.set('order-17', letter())
  const shards = Array.from({ length: 4 }, (_, number) =>
    shard(number, {
      ...(number !== 3 && { owner: { member: owners[number % 2]!, fence: 12 + number } }),
      lag: number === 3 ? 41 : 0,
      pending: number === 1 ? 2 : 0,
      redelivered: number === 1 ? 5 : 0,
      ...(number === 3 && { oldest: at - 5 * HOUR }),
    }),
  )
  group.inspect = async () =>
    shards.map((one) => ({
      ...one,
      parkedKeys: one.shard === 1 ? group.blocked.size : 0,
      deadLetters: [...group.kept.keys()].filter((id) => id.startsWith(`${one.shard}/`)).length,
    }))
  return group
}

function fineGroup(): ConsumerGroup {
  const group = new FakeGroup('redis:shop/archive')
  group.shards = [0, 1].map((number) => shard(number, { owner: { member: 'archive-1', fence: 3 } }))
  return group
}

async function open(page: Page, { port }: NodeSide, view: string, token = 'right'): Promise<Locator> {
  await page.goto(`/remote.html?port=${port}&token=${token}`)
  const panel = panelOf(page)
  await expect(panel.getByRole('button', { name: 'tap of server', exact: true })).toBeVisible()
  await panel.getByRole('tab', { name: view }).click()
  return panel
}

for (const colorScheme of ['dark', 'light'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('how far groups are, and what is wrong with them', async ({ page, side }) => {
      const panel = await open(page, side, 'Groups')
      const billing = panel.getByRole('region', { name: 'redis:shop/billing' })
      await expect(billing.getByRole('listitem')).toHaveText([
        /Shard 3 has no owner$/,
        /The oldest unhandled event is 5 h old: 71 % of the time that events are kept$/,
        /1 key is kept back$/,
        /3 events were given up/,
      ])
      const lines = billing.getByRole('table', { name: /^Shards of/ }).getByRole('row')
      await expect(lines).toHaveCount(6)
      await expect(lines.nth(4)).toContainText('no owner')
      await expect(lines.last()).toHaveText(/^All\s*4 shards, 2 members\s*41\s*2\s*▲ 5 h\s*5\s*3$/)
      await expect(panel.getByRole('region', { name: 'redis:shop/archive' })).toContainText('All is well')
      expect(await faultsOf(page)).toEqual([])
    })

    test('dead letters of a group stand in the list, and are redriven from there', async ({
      page,
      side,
      billing,
    }) => {
      const panel = await open(page, side, 'Dead letters')
      await expect(panel.getByText('3 letters, 2 reasons')).toBeVisible()
      const tree = panel.getByRole('tree', { name: 'Dead letters' })
      await expect(tree.getByRole('treeitem').first()).toContainText('→ invoicebilling')
      await tree.getByRole('treeitem', { name: /2 letters/ }).click()
      await tree.press('ArrowRight')
      await tree.press('End')
      await expect(panel.getByRole('tree', { name: /payload/i })).toContainText('(masked)')
      expect(await faultsOf(page)).toEqual([])
      await tree.press('r')
      await expect(panel.getByText('Redriven: 1 handed on')).toBeVisible()
      await expect(panel.getByText('2 letters, 2 reasons')).toBeVisible()
      expect(billing.calls).toContain('redrive 0/1-0')
      await panel.getByRole('button', { name: 'Discard all' }).click()
      await panel.getByRole('button', { name: 'Press again: discard 2' }).click()
      await expect(panel.getByText('Discarded: 2 for good')).toBeVisible()
      expect([...billing.kept.keys()]).toEqual([])
    })
  })

test('a key that is kept back is released', async ({ page, side, billing }) => {
  const panel = await open(page, side, 'Groups')
  await panel.getByRole('button', { name: 'Release' }).click()
  await expect(panel.getByText('1 key is kept back')).toHaveCount(0)
  expect(billing.calls).toContain('release order-17')
})

test('who may only look can do nothing', async ({ page, side, billing }) => {
  const panel = await open(page, side, 'Groups', 'guest')
  await expect(panel.getByRole('table', { name: 'Keys that are kept back' })).toContainText('order-17')
  await expect(panel.getByRole('button', { name: 'Release' })).toHaveCount(0)
  await panel.getByRole('tab', { name: 'Dead letters' }).click()
  await expect(panel.getByRole('button', { name: 'Redrive', exact: true })).toBeDisabled()
  await expect(panel.getByRole('button', { name: 'Discard all' })).toBeDisabled()
  await panel.getByRole('tree', { name: 'Dead letters' }).press('r')
  await expect(panel.getByText('From here they can be looked at, and not acted on')).toBeVisible()
  expect(billing.kept.size).toBe(3)
})

test('what is amiss is a notice, and letters are counted before anybody looks', async ({
  page,
  side,
  billing,
}) => {
  await page.goto(`/remote.html?port=${side.port}&token=right`)
  const panel = panelOf(page)
  await expect(panel.getByRole('button', { name: '3 dead letters' })).toBeVisible()
  billing.tell({ type: 'buried', shard: 3, letter: letter() })
  await panel.getByRole('button', { name: '▲ 1 notice' }).click()
  await expect(panel.getByRole('region', { name: 'Notices' })).toContainText(
    'server › redis:shop/billing: shard 3: gave up order.placed at invoice: no total',
  )
})

test('a process that is lost leaves what was known of its groups', async ({ page, side }) => {
  const panel = await open(page, side, 'Groups')
  const billing = panel.getByRole('region', { name: 'redis:shop/billing' })
  await expect(billing).toContainText('Shard 3')
  const restore = side.cut()
  await expect(billing).toContainText("It can't be asked how it is: server is not connected")
  await expect(billing.getByRole('button', { name: 'Release' })).toHaveCount(0)
  restore()
  await expect(billing).not.toContainText('not connected', { timeout: 15_000 })
})
