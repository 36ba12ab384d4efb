import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './tab.ts'

/** What the devtools of a page show. */
function devtoolsOf(page: Page): { panel: Locator; rows: Locator; count: (id: string) => Promise<number> } {
  const panel = page.getByRole('region', { name: 'Heliobus devtools' })
  return {
    panel,
    rows: panel.locator('[data-row]'),
    count: async (id) => Number((await panel.getByTestId(id).innerText()).replaceAll(',', '')),
  }
}

/** The figures of the table of topics: how often each type was published. */
async function topicCounts(panel: Locator): Promise<Record<string, number>> {
  await panel.getByRole('tab', { name: 'Topics' }).click()
  const rows = await panel.locator('tr[data-type]').evaluateAll((found) =>
    found.map((row) => {
      const text = row.querySelector('td:nth-child(2)')?.textContent ?? ''
      return [row.getAttribute('data-type') ?? '', Number(text.replaceAll(',', ''))] as const
    }),
  )
  return Object.fromEntries(rows)
}

test('under a seed, what the devtools count is exactly what was published', async ({ open }) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const { panel, rows, count } = devtoolsOf(tab.page)
  await expect(panel).toBeVisible()
  await tab.burst()
  const here = await tab.quiet()
  await expect.poll(() => count('events')).toBe(here)
  expect(await rows.count()).toBeGreaterThan(5)
  const published = Object.entries(await tab.counts()).filter(([, many]) => many > 0)
  await expect.poll(() => topicCounts(panel)).toEqual(Object.fromEntries(published))
})

test('events that came while the devtools were closed are there when they are opened', async ({ open }) => {
  const tab = await open('?seed=7&paused&devtools=closed')
  const { panel, count } = devtoolsOf(tab.page)
  await tab.burst()
  const here = await tab.quiet()
  await expect(panel).toHaveCount(0)
  await tab.page.getByRole('button', { name: /^Heliobus devtools/ }).click()
  await expect.poll(() => count('events')).toBe(here)
})

test('pause holds the list while events flow, and resuming shows all of them', async ({ open }) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const { panel, rows, count } = devtoolsOf(tab.page)
  await tab.storm()
  await expect.poll(() => tab.number('here')).toBe(4)
  await expect(rows).toHaveCount(4)
  await panel.getByRole('button', { name: 'Pause the list' }).click()
  await tab.storm()
  await expect.poll(() => count('events')).toBe(8)
  await expect(rows).toHaveCount(4)
  await panel
    .getByRole('button', { name: /^Resume/ })
    .first()
    .click()
  await expect(rows).toHaveCount(8)
})

test('a filter, the keyboard and the palette lead to the event, and the inspector shows it', async ({
  open,
}) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const { panel, rows } = devtoolsOf(tab.page)
  await tab.burst()
  await tab.quiet()
  await tab.storm()
  const filter = panel.getByRole('combobox').first()
  await filter.fill('topic:cosmic.solar_storm.*')
  await expect
    .poll(async () => (await rows.allInnerTexts()).every((text) => text.includes('solar_storm')))
    .toBe(true)
  await filter.press('Escape')
  await rows.last().click()
  await expect(panel.getByRole('tree', { name: /payload/i })).toContainText('kp_index')
  await tab.page.keyboard.press('Control+k')
  await tab.page.keyboard.type('light')
  await tab.page.keyboard.press('Enter')
  await expect(panel).toHaveAttribute('data-theme', 'light')
})

test('at 10,000 events a second the devtools stay exact and answer', async ({ open }) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const { panel, count } = devtoolsOf(tab.page)
  await tab.page.getByRole('slider', { name: 'Rate' }).fill('400')
  await tab.page.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => tab.number('here'), { timeout: 40_000 }).toBeGreaterThan(5_000) // however slow the machine
  await panel.getByRole('button', { name: 'Pause the list' }).click()
  await expect(panel.getByRole('button', { name: /^Resume/ }).first()).toBeVisible()
  await tab.page.getByRole('button', { name: 'Stop', exact: true }).click()
  const here = await tab.quiet()
  await expect.poll(() => count('events')).toBe(here)
})
