import { expect } from '@playwright/test'
import { test } from './tab.ts'

test('a storm invalidates the active memory and leads to a new synthesis', async ({ open }) => {
  const tab = await open()
  const memory = tab.module('synthesis').getByTestId('state')
  await expect(memory).toHaveText('memory invalid · edition 0')
  await tab.storm()
  await expect(memory).toHaveText('memory valid · edition 1')
  expect(await tab.types()).toEqual([
    'synthesis.updated',
    'synthesis.completed',
    'synthesis.triggered',
    'cosmic.solar_storm.detected',
  ])
  await expect(tab.module('notification').getByTestId('state')).toHaveText('your synthesis is new')
})

test('while a synthesis is being made, the card says that the memory is invalid', async ({
  open,
  context,
}) => {
  await context.clock.install()
  const tab = await open()
  await context.clock.pauseAt(Date.now() + 60_000)
  const memory = tab.module('synthesis').getByTestId('state')
  await tab.storm()
  await context.clock.runFor(1_500)
  await expect(memory).toHaveText('memory valid · edition 1')
  await tab.storm()
  await context.clock.runFor(500)
  await expect(memory).toHaveText('memory invalid · edition 1')
  await context.clock.runFor(1_000)
  await expect(memory).toHaveText('memory valid · edition 2')
})

test('the simulation starts, changes its rate, and stops', async ({ open }) => {
  const tab = await open()
  const { page } = tab
  expect(await tab.number('published')).toBe(0)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => tab.number('here')).toBeGreaterThan(5)

  await page.getByRole('slider', { name: 'Rate' }).fill('300')
  await expect(page.getByTestId('pace')).toHaveText('1,000/s')
  await expect.poll(() => tab.number('here')).toBeGreaterThan(500)

  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible()
  const then = await tab.quiet(500)
  await tab.storm()
  await expect.poll(() => tab.number('here')).toBe(then + 4)
})

test('at 10,000 events a second the controls answer', async ({ open }) => {
  const tab = await open('?seed=7&devtools=closed')
  await tab.page.getByRole('slider', { name: 'Rate' }).fill('400')
  await expect(tab.page.getByTestId('pace')).toHaveText('10,000/s')
  await expect.poll(() => tab.number('here'), { timeout: 40_000 }).toBeGreaterThan(5_000) // however slow the machine
  await tab.page.getByRole('button', { name: 'Stop' }).click()
  await expect(tab.page.getByRole('button', { name: 'Start' })).toBeVisible()
  expect(await tab.number('failures')).toBe(0)
})

test('without ?paused it runs, and another tab is one click away', async ({ open, context }) => {
  const tab = await open('?seed=7&devtools=closed')
  await expect.poll(() => tab.number('here')).toBeGreaterThan(5)
  const opened = context.waitForEvent('page')
  await tab.page.getByRole('link', { name: 'Open another tab' }).click()
  await expect((await opened).getByTestId('link')).toHaveText('open', { timeout: 20_000 })
  await expect.poll(() => tab.number('arrived')).toBeGreaterThan(5)
})

test('in a long run every event of the catalog happens', async ({ open }) => {
  const tab = await open()
  await tab.page.getByRole('combobox', { name: '1 second is' }).selectOption('1 week')
  await tab.burst()
  await tab.page.getByRole('button', { name: 'Start' }).click()
  const missing = async (): Promise<string[]> =>
    Object.entries(await tab.counts())
      .filter(([, count]) => count === 0)
      .map(([type]) => type)
  const withoutSynthesis = async (): Promise<string[]> =>
    (await missing()).filter((type) => !type.startsWith('synthesis'))
  await expect.poll(withoutSynthesis, { timeout: 30_000 }).toEqual([])
  // Storm follows upon storm in such a week: only when they end is there time for a synthesis.
  await tab.page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(missing).toEqual([])
})

for (const width of [320, 390, 768, 1024, 1440, 1920, 2560]) {
  test(`nothing sticks out at a width of ${width}`, async ({ open }) => {
    const tab = await open()
    await tab.page.setViewportSize({ width, height: 844 })
    await tab.burst()
    await expect.poll(() => tab.number('here')).toBeGreaterThanOrEqual(1_000)
    expect(await tab.sticksOut()).toBe(0)
  })
}

test('without a ground station the page says so, and runs every module itself', async ({ open }) => {
  const tab = await open()
  await expect(tab.station).toContainText('None serves this page')
  await tab.storm()
  await expect(tab.module('notification').getByTestId('handled')).toHaveText('2')
})
