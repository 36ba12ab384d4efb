import { expect } from '@playwright/test'
import { test } from './tab.ts'

test('after a reload the page shows what happened before, from IndexedDB', async ({ open }) => {
  const tab = await open()
  const { page } = tab
  await expect(page.getByTestId('past')).toContainText('Nothing yet')
  await tab.burst()
  const events = await tab.quiet()
  await expect.poll(() => tab.kept()).toBe(events)

  await page.reload()
  await expect(page.getByTestId('past-count')).toHaveText(`${events.toLocaleString('en')} events`)
  await expect(page.getByTestId('past-events').getByRole('listitem')).toHaveCount(4)
  expect(await tab.number('published')).toBe(0)
})

test('tabs that record into one log keep each event once', async ({ open }) => {
  const [first, second] = [await open(), await open('?seed=8&paused&devtools=closed')]
  await first.burst()
  await second.burst()
  const events = (await first.quiet()) + (await second.quiet())
  await expect.poll(() => first.number('published')).toBe(events)
  await expect.poll(() => second.number('published')).toBe(events)
  for (const tab of [first, second]) {
    const observatory = await tab.observatory()
    await expect
      .poll(() =>
        observatory.evaluate(
          ({ bus }) => bus.subscriptions().find(({ name }) => name === 'record browser')?.pending,
        ),
      )
      .toBe(0)
  }
  expect(await first.kept()).toBe(events)
})

test('the last minute happens again to modules of their own, and nowhere else', async ({ open }) => {
  const tab = await open()
  const { page } = tab
  await tab.storm()
  await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  await expect.poll(() => tab.kept()).toBe(4)

  await page.reload()
  await page.getByRole('button', { name: 'Replay its last minute' }).click()
  const rehearsal = page.getByTestId('rehearsal')
  await expect(rehearsal).toContainText('4 events again')
  await expect(rehearsal).toContainText('memory valid · edition 1')
  expect(await tab.number('published')).toBe(0)
  await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory invalid · edition 0')
  expect(await tab.kept()).toBe(4)
})
