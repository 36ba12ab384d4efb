import type { Bus } from '@heliobus/core'
import { expect, type Page, test } from '@playwright/test'
import { panelOf, rowsOf } from './devtools.ts'

declare global {
  interface Window {
    bus: Bus
  }
}

test.beforeEach(async ({ page }) => {
  page.on('pageerror', (error) => {
    throw error
  })
  page.on('dialog', () => {
    throw new Error('markup was run')
  })
  await page.goto('/panel.html?rate=50')
  await expect(rowsOf(page).first()).toBeVisible()
})

/** The newest event of a topic, in the inspector; pausing keeps it in sight. */
async function inspect(page: Page, topic: string): Promise<void> {
  await panelOf(page).getByRole('combobox', { name: 'Filter' }).fill(`topic:${topic}`)
  await rowsOf(page).filter({ hasText: topic }).first().click()
  await expect(panelOf(page).getByRole('heading', { name: topic })).toBeVisible()
}

async function goesOn(page: Page): Promise<void> {
  const events = panelOf(page).locator('.hb-status-item').first()
  const before = await events.textContent()
  await expect(events).not.toHaveText(before!)
}

const payloads: Readonly<Record<string, () => unknown>> = {
  'bad.cycle': () => {
    const ring: Record<string, unknown> = { name: 'ring' }
    ring['self'] = ring
    return ring
  },
  'bad.getter': () => ({
    get secret() {
      throw new Error('nobody reads this')
    },
  }),
  'bad.proxy': () =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('closed')
        },
        ownKeys: () => {
          throw new Error('closed')
        },
      },
    ),
  'bad.markup': () => ({ html: '<img src=x onerror="alert(1)"><script>alert(2)</script>' }),
  'bad.large': () => ({ text: 'x'.repeat(5_000_000) }),
  'bad.many': () => Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`key${n}`, n])),
  'bad.deep': () => {
    let deep: unknown = 1
    for (let n = 0; n < 20_000; n++) deep = { deep }
    return deep
  },
}

for (const [topic, make] of Object.entries(payloads))
  test(`${topic}: it is listed and opened, and events flow on`, async ({ page }) => {
    await page.evaluate(
      ({ name, source }) => {
        // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- a page can't be handed a getter
        window.bus.publish(name, new Function(`return (${source})()`)())
      },
      { name: topic, source: make.toString() },
    )
    await inspect(page, topic)
    await expect(panelOf(page).getByRole('tree', { name: 'Payload' })).toBeVisible()
    await goesOn(page)
    await panelOf(page).getByRole('combobox', { name: 'Filter' }).fill('')
    await goesOn(page)
  })

test('50,000 events a second are counted to the last, and the panel answers meanwhile', async ({ page }) => {
  await page.evaluate(async () => {
    window.bus.subscribe('storm.*', () => {}, { name: 'storm' })
    for (let burst = 0; burst < 40; burst++) {
      for (let n = 0; n < 2_500; n++) window.bus.publish(n % 2 === 0 ? 'storm.even' : 'storm.odd', { n })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
  await panelOf(page).getByRole('tab', { name: 'Topics' }).first().click()
  for (const topic of ['storm.even', 'storm.odd'])
    await expect(panelOf(page).getByRole('row', { name: new RegExp(`${topic}.*50,000`) })).toBeVisible()
})
