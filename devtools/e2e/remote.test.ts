import type { Bus } from '@heliobus/core'
import { expect, type Locator, type Page, test as base } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { panelOf, rowsOf } from './devtools.ts'
import { type NodeSide, startNodeSide } from './node-side.ts'

declare global {
  interface Window {
    /** Of the page. */
    bus: Bus
  }
}

const test = base.extend<{ side: NodeSide }>({
  side: async ({ baseURL }, use) => {
    const side = await startNodeSide([new URL(baseURL!).origin])
    await use(side)
    await side.close()
  },
})

async function open(page: Page, { port }: NodeSide, token = 'right'): Promise<Locator> {
  await page.goto(`/remote.html?port=${port}&token=${token}`)
  await expect(panelOf(page)).toBeVisible()
  return panelOf(page)
}

/** Watched, as the status bar says. */
async function openWatching(page: Page, side: NodeSide): Promise<Locator> {
  const panel = await open(page, side)
  await expect(panel.getByRole('button', { name: 'tap of server', exact: true })).toBeVisible()
  return panel
}

function publish(page: Page, topic: string, data: object): Promise<void> {
  return page.evaluate(([type, payload]) => void window.bus.publish(type, payload), [topic, data] as const)
}

test('what happens in a Node process stands beside what happens in the page, in one order', async ({
  page,
  side,
}) => {
  const panel = await openWatching(page, side)
  await publish(page, 'order.created', { id: 'o-1' })
  await expect(rowsOf(page)).toHaveCount(4)
  const lines = await rowsOf(page).evaluateAll((rows) =>
    rows
      .toSorted((a, b) => Number(a.dataset['row']) - Number(b.dataset['row']))
      .map(
        (row) =>
          `${row.querySelector('.hb-cell-topic')?.textContent} ${row.querySelector('.hb-cell-via')?.textContent}`,
      ),
  )
  expect(lines).toEqual([
    'order.created here',
    'order.created ⇄ server',
    'order.paid server',
    'order.paid ⇄ here',
  ])
  await panel.getByRole('combobox', { name: 'Filter' }).fill('at:server')
  await expect(rowsOf(page)).toHaveCount(2)
})

test('a payload is fetched when it is looked at, without its secrets', async ({ page, side }) => {
  const panel = await openWatching(page, side)
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  side.bus.publish('order.paid', { method: 'transfer', api_key: 'k-9' })
  await rowsOf(page).filter({ hasText: 'order.paid' }).first().click()
  await expect(panel.getByRole('tree', { name: /payload/i })).toContainText('transfer')
  await expect(panel.getByRole('tree', { name: /payload/i })).toContainText('(masked)')
  expect(frames.join()).not.toContain('k-9')
})

test('the trace shows the hop from one process to the other', async ({ page, side }) => {
  const panel = await openWatching(page, side)
  await publish(page, 'order.created', { id: 'o-1' })
  await expect(rowsOf(page)).toHaveCount(4)
  await rowsOf(page).first().click()
  await page.keyboard.press('2')
  const lines = panel.getByRole('tree', { name: 'Flow of events' }).getByRole('treeitem')
  await expect(lines).toHaveCount(4)
  expect(await lines.evaluateAll((items) => items.map((item) => item.getAttribute('aria-level')))).toEqual([
    '1',
    '2',
    '3',
    '4',
  ])
  expect(await panel.locator('.hb-where').allTextContents()).toEqual(['here', 'server', 'server', 'here'])
  await faultsOf(page)
})

test('a wrong token is refused, and the panel says so', async ({ page, side }) => {
  const panel = await open(page, side, 'wrong')
  await page.keyboard.press('Escape')
  await panel.getByRole('tab', { name: 'Links' }).click()
  await expect(panel.getByRole('row', { name: /tap of server/ }).first()).toContainText('closed')
  side.bus.publish('order.paid', {})
  await publish(page, 'user.login', {})
  await panel.getByRole('tab', { name: 'Stream' }).click()
  await expect(rowsOf(page).filter({ hasText: 'user.login' })).toHaveCount(1)
  await expect(rowsOf(page).filter({ hasText: 'server' })).toHaveCount(0)
})

test('a loss stands in the list, in the status bar and in the story of the links; then it goes on', async ({
  page,
  side,
}) => {
  const panel = await openWatching(page, side)
  side.bus.publish('user.created', {})
  await expect(rowsOf(page).filter({ hasText: 'user.created' })).toHaveCount(1)
  const restore = side.cut()
  await expect(panel.getByRole('button', { name: /tap of server lost/ })).toBeVisible()
  await expect(rowsOf(page).filter({ hasText: 'tap of server: the connection was lost' })).toHaveCount(1)
  side.bus.publish('user.missed', {})
  restore()
  await expect(panel.getByRole('button', { name: 'tap of server', exact: true })).toBeVisible({
    timeout: 15_000,
  })
  side.bus.publish('user.back', {})
  await expect(rowsOf(page).filter({ hasText: 'user.back' })).toHaveCount(1)
  await expect(rowsOf(page).filter({ hasText: 'tap of server: back after' })).toHaveCount(1)
  await expect(rowsOf(page).filter({ hasText: 'user.missed' })).toHaveCount(0)
  await panel.getByRole('tab', { name: 'Links' }).click()
  await expect(panel.getByRole('table', { name: 'Gaps' })).toContainText('tap of server')
  await faultsOf(page)
})
