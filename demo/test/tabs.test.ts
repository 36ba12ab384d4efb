import { expect } from '@playwright/test'
import { test } from './tab.ts'

test('two tabs see each other’s events once, and agree on every count', async ({ open }) => {
  const [first, second] = [await open(), await open('?seed=8&paused&devtools=closed')]
  await first.burst()
  await second.burst()
  const [here, there] = [await first.quiet(), await second.quiet()]
  expect(Math.min(here, there)).toBeGreaterThan(1_000)

  await expect.poll(() => first.number('arrived')).toBe(there)
  await expect.poll(() => second.number('arrived')).toBe(here)
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

// When these come depends on the machine, and so does how many syntheses are superseded before they are made.
const slow = /^(synthesis|email)\./

test('the same seed gives the same events, in the same order', async ({ open }) => {
  const run = async () => {
    const tab = await open()
    await tab.burst()
    await tab.quiet()
    const counts = Object.entries(await tab.counts()).filter(([type]) => !slow.test(type))
    const events = (await tab.events()).filter(({ type }) => !slow.test(type)).slice(-500)
    await tab.page.close()
    return { counts, events: events.map(({ type, data }) => ({ type, data })) }
  }
  const first = await run()
  expect(first.events).toHaveLength(500)
  expect(await run()).toEqual(first)
})

test('modules count what comes from the other tab, and answer only what was published in their own', async ({
  open,
}) => {
  const [first, second] = [await open(), await open()]
  await first.storm()
  await expect(first.module('synthesis').getByTestId('handled')).toHaveText('4')
  await expect(second.module('synthesis').getByTestId('handled')).toHaveText('3') // the first tab makes it
  for (const tab of [first, second]) {
    await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
    await expect(tab.module('solar_tracking').getByTestId('handled')).toHaveText('1')
  }
  expect(await first.number('here')).toBe(4)
  expect(await second.number('here')).toBe(0)
})
