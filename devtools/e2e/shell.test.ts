import { expect, test } from '@playwright/test'
import { launcherOf, openPage, openPanel, panelOf, rowsOf } from './devtools.ts'

test('the launcher opens the panel, and gets the focus back when it closes', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  await expect(launcherOf(page)).toBeHidden()
  await panelOf(page).getByRole('button', { name: 'Close the panel' }).click()
  await expect(panelOf(page)).toHaveCount(0)
  await expect(launcherOf(page)).toBeFocused()
})

test('the hotkey opens and closes it, and the page hears nothing of it', async ({ page }) => {
  await openPage(page)
  await page.getByRole('button', { name: 'Publish ten' }).focus()
  await page.keyboard.press('ControlOrMeta+Shift+E')
  await expect(panelOf(page)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+E')
  await expect(panelOf(page)).toHaveCount(0)
  await expect(page.getByLabel('Taken by the page')).toHaveText('0 keys, 0 clicks')
})

test('what was recorded while nobody looked is there, and no row is drawn until then', async ({ page }) => {
  await openPage(page, 'events=300')
  await expect(launcherOf(page)).toHaveAccessibleName(/\d+ failed/)
  await expect(page.locator('[data-row]')).toHaveCount(0)
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  expect(await rowsOf(page).count()).toBeLessThan(100)
})

test('a filter outlives closing and opening', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  const field = panelOf(page).getByRole('combobox').first()
  await field.fill('topic:user.*')
  await field.press('Enter')
  await page.keyboard.press('ControlOrMeta+Shift+E')
  await expect(panelOf(page)).toHaveCount(0)
  await openPanel(page)
  await expect(panelOf(page)).toContainText('user.*')
})

test('what is typed in the panel is not the page’s', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  await panelOf(page).getByRole('combobox').first().pressSequentially('created')
  await expect(page.getByLabel('Taken by the page')).toHaveText('0 keys, 0 clicks')
})

test('the page learns how much room is taken, and a drag takes more', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  const room = () =>
    page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--heliobus-devtools-bottom'),
    )
  expect(await room()).toBe('380px')
  const line = page.getByRole('separator', { name: 'Height of the panel' })
  const box = (await line.boundingBox())!
  await page.mouse.move(box.x + 300, box.y)
  await page.mouse.down()
  await page.mouse.move(box.x + 300, box.y - 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(room).toBe('440px')
  await expect(panelOf(page)).toHaveCSS('height', '439px')
  await page.keyboard.press('ControlOrMeta+Shift+E')
  await expect.poll(room).toBe('')
})

test('the line moves by keyboard, within bounds', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  const line = page.getByRole('separator', { name: 'Height of the panel' })
  await line.focus()
  await page.keyboard.press('ArrowUp')
  await expect(line).toHaveAttribute('aria-valuenow', '396')
  await page.keyboard.press('Home')
  await expect(line).toHaveAttribute('aria-valuenow', '160')
  await page.keyboard.press('End')
  await expect(line).toHaveAttribute('aria-valuenow', String(page.viewportSize()!.height - 48))
})

test('it docks at the right, and stays there for the next visit', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  await panelOf(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitemradio', { name: 'Dock: right' }).click()
  await expect(page.getByRole('separator', { name: 'Width of the panel' })).toBeVisible()
  const box = (await panelOf(page).boundingBox())!
  expect(box.height).toBe(page.viewportSize()!.height)
  expect(box.width).toBe(479)
  await page.reload()
  await openPanel(page)
  await expect(page.getByRole('separator', { name: 'Width of the panel' })).toBeVisible()
})

test('it works above a modal dialog, and after it', async ({ page }) => {
  await openPage(page)
  await page.getByRole('button', { name: 'Open the dialog' }).click()
  await openPanel(page)
  await panelOf(page).getByRole('button', { name: 'Pause the list' }).click()
  await expect(panelOf(page).getByRole('button', { name: 'Resume the list' })).toBeVisible()
  await page.keyboard.press('Escape')
  const close = page.getByRole('button', { name: 'Close the dialog' })
  await expect(close).toBeVisible()
  await expect(page.getByLabel('Taken by the page')).toHaveText('0 keys, 0 clicks')
  await close.click()
  await expect(close).toBeHidden()
  await panelOf(page).getByRole('button', { name: 'Resume the list' }).click()
  await expect(panelOf(page).getByRole('button', { name: 'Pause the list' })).toBeVisible()
})

test('it stands above a header with the highest z-index', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  const box = (await panelOf(page).boundingBox())!
  const top = await page.evaluate(
    ({ x, y, height }) => document.elementFromPoint(x + 40, y + height - 8)?.localName,
    box,
  )
  expect(top).toBe('heliobus-devtools')
})

test('taken away, it leaves nothing behind', async ({ page }) => {
  await openPage(page)
  await openPanel(page)
  await page.getByRole('button', { name: 'Take the devtools away' }).click()
  await expect(page.locator('heliobus-devtools')).toHaveCount(0)
  expect(await page.evaluate(() => document.documentElement.style.length)).toBe(0)
  await page.getByRole('button', { name: 'Bring the devtools back' }).click()
  await openPanel(page)
})

test('in a closed shadow root nobody’s tests meet it', async ({ page }) => {
  await page.goto('/strict.html?events=40&shadow=closed&open')
  await expect
    .poll(() =>
      page.evaluate(() => document.documentElement.style.getPropertyValue('--heliobus-devtools-bottom')),
    )
    .toBe('380px')
  await expect(page.locator('heliobus-devtools')).toHaveCount(1)
  await expect(page.getByText('order.created')).toHaveCount(0)
  await expect(launcherOf(page)).toHaveCount(0)
})

test('an app in production has nothing of it', async ({ page }) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto('/plain.html')
  await expect(page.getByRole('heading', { name: 'Shop' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('heliobus-devtools')).toHaveCount(0)
  expect(loaded.filter((url) => /recording|stage|styles/.test(url))).toEqual([])
})

test('a panel that fails says so, leaves the app alone, and can begin anew', async ({ page }) => {
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await openPage(page)
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  const mend = await page.evaluateHandle(() => {
    const own = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'fillRect')!
    CanvasRenderingContext2D.prototype.fillRect = () => {
      throw new Error('the canvas is gone')
    }
    return () => Object.defineProperty(CanvasRenderingContext2D.prototype, 'fillRect', own)
  })
  await page.getByRole('button', { name: 'Publish ten' }).click()
  await expect(panelOf(page).getByRole('alert')).toContainText('Your app is untouched')
  await expect(panelOf(page).getByRole('alert')).toContainText('the canvas is gone')
  await mend.evaluate((undo) => undo())
  await panelOf(page).getByRole('button', { name: 'Restart the panel' }).click()
  await expect(rowsOf(page).first()).toBeVisible()
  expect(errors).toEqual([])
})

test('in one column, what is asked for is shown, and the keyboard goes with it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await openPage(page)
  const panel = await openPanel(page)
  const tab = (name: string) => panel.getByRole('tab', { name, exact: true })
  await panel.getByRole('grid', { name: 'Events' }).focus()
  await page.keyboard.press('k')
  await page.keyboard.press('d')
  await expect(tab('Inspector')).toHaveAttribute('aria-selected', 'true')
  await expect(tab('Diff')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('1')
  await expect(tab('List')).toHaveAttribute('aria-selected', 'true')
  await expect(panel.getByRole('grid', { name: 'Events' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(tab('Inspector')).toHaveAttribute('aria-selected', 'true')
})

test('views are changed by keys, one after the other', async ({ page }) => {
  await openPage(page)
  const panel = await openPanel(page)
  await panel.getByRole('grid', { name: 'Events' }).focus()
  for (const [key, name] of [
    ['4', 'Topics'],
    ['2', 'Trace'],
    ['5', 'Dead letters'],
    ['1', 'Stream'],
    ['4', 'Topics'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(panel.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true')
  }
})

test('the list goes on following when the panel is docked elsewhere', async ({ page }) => {
  await openPage(page, 'events=200')
  const panel = await openPanel(page)
  for (const dock of ['right', 'bottom', 'right']) {
    await panel.getByRole('grid', { name: 'Events' }).focus()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('A command').fill(`Dock: ${dock}`)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Publish ten' }).click()
    const following = async (): Promise<number> =>
      panel
        .getByRole('grid', { name: 'Events' })
        .evaluate((list) => list.scrollHeight - list.clientHeight - list.scrollTop)
    await expect.poll(following).toBeLessThan(3)
    await expect(panel.getByRole('button', { name: /new/ })).toHaveCount(0)
  }
})
