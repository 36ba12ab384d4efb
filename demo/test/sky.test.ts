import { expect } from '@playwright/test'
import { test } from './tab.ts'

test('a storm makes the sun flare and lights an aurora, as strong as its Kp; then it is quiet again', async ({
  open,
}) => {
  const tab = await open()
  const { page } = tab
  await expect(page.getByTestId('weather')).toHaveText('Quiet sun')
  await expect(page.getByTestId('aurora')).toHaveCSS('opacity', '0')
  await tab.storm()
  await expect(page.getByTestId('sun')).toHaveClass(/flaring/)
  await expect(page.getByTestId('weather')).toHaveText(/^Kp \d[−+]? · G\d, \w+ storm$/)
  const kp = Number(/Kp (\d)/.exec(await page.getByTestId('weather').innerText())?.[1])
  await expect
    .poll(async () =>
      Number(await page.getByTestId('aurora').evaluate((one) => getComputedStyle(one).opacity)),
    )
    .toBeGreaterThan(0.25 + (kp - 3.5) * 0.1)
  await expect(page.getByTestId('weather')).toHaveText('Quiet sun', { timeout: 20_000 })
  await expect(page.getByTestId('sun')).not.toHaveClass(/flaring/)
})

test('a storm in one tab is seen in the sky of another', async ({ open }) => {
  const [first, second] = [await open(), await open()]
  await first.storm()
  await expect(second.page.getByTestId('sun')).toHaveClass(/flaring/)
})

test('at its true date the moon is full, and glows', async ({ open }) => {
  const { page } = await open('?seed=7&date=2026-01-03T09:00Z&paused&devtools=closed')
  await expect(page.getByTestId('phase')).toHaveText('Full moon')
  await expect(page.getByTestId('moon')).not.toHaveClass(/glowing/)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText('Full moon at 13° Cancer, 3 Jan, 10:03')).toBeVisible()
  await expect(page.getByTestId('moon')).toHaveClass(/glowing/)
})

test('when Jupiter stands opposite the sun, lines of sight are drawn from the Earth', async ({ open }) => {
  const { page } = await open('?seed=7&date=2026-01-10T06:00Z&paused&devtools=closed')
  await page.getByRole('combobox', { name: '1 second is' }).selectOption('1 hour')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText(/^Sun opposition Jupiter, 10 Jan, 08:/)).toBeVisible()
  await expect(page.getByTestId('transit').locator('line')).toHaveCount(2)
  await expect(page.getByTestId('transit')).toContainText('180°')
})

test('the sky is told in words too', async ({ open }) => {
  const { page } = await open('?seed=7&date=2026-03-20T15:00Z&paused&devtools=closed')
  await expect(page.getByTestId('places').getByText('Sun: 0° Aries')).toBeAttached()
  await expect(page.getByTestId('places').getByRole('listitem')).toHaveCount(9)
})

test('who wants less motion gets a sky that stands still, with all of it shown', async ({ open }) => {
  const tab = await open()
  const { page } = tab
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await tab.storm()
  await expect(page.getByTestId('sun')).toHaveClass(/flaring/)
  await expect(page.getByTestId('weather')).toHaveText(/storm$/)
  const moving = await page.evaluate(() => document.getAnimations().length)
  expect(moving).toBe(0)
})

test('the theme follows the system until the visitor chooses, and the choice is kept', async ({ open }) => {
  const { page } = await open()
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await background()
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await background()
  expect(light).not.toBe(dark)
  await page.getByRole('button', { name: 'Theme: system' }).click()
  await page.getByRole('button', { name: 'Theme: light' }).click()
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()
  expect(await background()).toBe(dark)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible()
  expect(await background()).toBe(dark)
})

test('docked devtools get the room they ask for', async ({ open }) => {
  const { page } = await open()
  await page.evaluate(() => document.documentElement.style.setProperty('--heliobus-devtools-bottom', '300px'))
  expect(await page.evaluate(() => getComputedStyle(document.body).paddingBottom)).toBe('300px')
})
