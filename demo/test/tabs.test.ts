import { expect } from '@playwright/test'
import { test } from './tab.ts'

test('two tabs see each other’s events once, and agree on every count', async ({ open }) => {
  const [first, second] = [await open(), await open('?seed=8&paused')]
  await first.burst()
  await second.burst()
  await expect.poll(() => first.number('here')).toBeGreaterThanOrEqual(200)
  await expect.poll(() => second.number('here')).toBeGreaterThanOrEqual(200)
  const [here, there] = [await first.number('here'), await second.number('here')]

  await expect.poll(() => first.number('arrived')).toBe(there)
  await expect.poll(() => second.number('arrived')).toBe(here)
  expect(await first.number('here')).toBe(here)
  expect(await first.number('published')).toBe(here + there)
  expect(await second.number('published')).toBe(here + there)
  expect(await second.counts()).toEqual(await first.counts())
  for (const tab of [first, second]) {
    expect(await tab.number('failures')).toBe(0)
    expect(await tab.number('unhandled')).toBe(0)
  }
})

test('an event arrives in the other tab under its own id, once', async ({ open }) => {
  const [first, second] = [await open(), await open()]
  await first.storm()
  await expect.poll(() => second.newest(1)).toHaveLength(4)
  expect(await second.newest(1)).toEqual(await first.newest(0))
  expect(await second.newest(0)).toEqual([])
  expect(await first.newest(1)).toEqual([])
})

test('the same seed gives the same events', async ({ open, browser }) => {
  const first = await open()
  await first.burst()
  await expect.poll(() => first.types()).toHaveLength(50)

  const elsewhere = await browser.newContext()
  const page = await elsewhere.newPage()
  await page.goto('/?seed=7&paused')
  await page.getByRole('button', { name: 'Burst of 200' }).click()
  const types = page.getByTestId('live').locator('td:nth-child(2)')
  await expect(types).toHaveText(await first.types())
  await elsewhere.close()
})

test('modules count what comes from the other tab, and answer only what was published in their own', async ({
  open,
}) => {
  const [first, second] = [await open(), await open()]
  await first.storm()
  for (const tab of [first, second]) {
    await expect(tab.module('synthesis').getByTestId('handled')).toHaveText('3')
    await expect(tab.module('solar_tracking').getByTestId('handled')).toHaveText('1')
  }
  expect(await first.number('here')).toBe(4)
  expect(await second.number('here')).toBe(0)
})
