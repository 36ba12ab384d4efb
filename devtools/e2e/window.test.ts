import { expect, type Page, test } from '@playwright/test'
import { launcherOf, openPage, openPanel, panelOf, rowsOf } from './devtools.ts'

/** As in browsers without picture-in-picture. */
async function withPopUps(page: Page, canOpen = true): Promise<void> {
  await page.addInitScript((allowed) => {
    Reflect.deleteProperty(window, 'documentPictureInPicture')
    if (!allowed) window.open = () => null
  }, canOpen)
}

async function popOut(page: Page): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await panelOf(page).getByRole('button', { name: 'Into a window of its own' }).click()
  return opened
}

/** What closes a window may not live to see that it was done. */
async function closing(own: Page, action: Promise<void>): Promise<void> {
  const done = action.catch(() => {})
  await expect.poll(() => own.isClosed()).toBe(true)
  await done
}

test('it moves into a window of its own, goes on there, and comes back when that is closed', async ({
  page,
}) => {
  await withPopUps(page)
  await openPage(page)
  await openPanel(page)
  const own = await popOut(page)
  await expect(panelOf(page)).toHaveCount(0)
  await expect(rowsOf(own).first()).toBeVisible()
  await expect(panelOf(own)).toHaveCSS('background-color', /rgb\((14, 17, 22|255, 255, 255)\)/)
  await own.getByRole('button', { name: 'Pause the list' }).click()
  await expect(own.getByRole('button', { name: 'Resume the list' })).toBeVisible()
  await own.close()
  await expect(panelOf(page)).toBeVisible()
  await expect(panelOf(page).getByRole('button', { name: 'Resume the list' })).toBeVisible()
})

test('its button brings it back, its hotkey closes it', async ({ page }) => {
  await withPopUps(page)
  await openPage(page)
  await openPanel(page)
  const first = await popOut(page)
  await closing(first, first.getByRole('button', { name: 'Back into the page' }).click())
  await expect(panelOf(page)).toBeVisible()
  const second = await popOut(page)
  await expect(panelOf(second)).toBeVisible()
  await closing(second, second.keyboard.press('ControlOrMeta+Shift+E'))
  await expect(panelOf(page)).toHaveCount(0)
  await expect(launcherOf(page)).toBeFocused()
})

test('the window goes with the page', async ({ page }) => {
  await withPopUps(page)
  await openPage(page)
  await openPanel(page)
  const own = await popOut(page)
  await expect(panelOf(own)).toBeVisible()
  await page.reload()
  await expect.poll(() => own.isClosed()).toBe(true)
})

test('where pop-ups are blocked it says so and stays', async ({ page }) => {
  await withPopUps(page, false)
  await openPage(page)
  await openPanel(page)
  await panelOf(page).getByRole('button', { name: 'Into a window of its own' }).click()
  await expect(panelOf(page).getByText('did not let the page open a window')).toBeVisible()
  await expect(rowsOf(page).first()).toBeVisible()
})

test('where the browser has picture-in-picture, that is the window', async ({ page }) => {
  await openPage(page)
  test.skip(!(await page.evaluate(() => 'documentPictureInPicture' in window)), 'this browser has none')
  await openPanel(page)
  const own = await popOut(page)
  await expect(rowsOf(own).first()).toBeVisible()
  await closing(own, own.getByRole('button', { name: 'Back into the page' }).click())
  await expect(panelOf(page)).toBeVisible()
})
