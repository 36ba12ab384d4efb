import { expect, test } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { openPage, openPanel, panelOf, rowsOf } from './devtools.ts'

declare global {
  interface Window {
    refused: string[]
  }
}

for (const colorScheme of ['dark', 'light'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('a strict content security policy has nothing to refuse', async ({ page }) => {
      await page.addInitScript(() => {
        window.refused = []
        addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) =>
          window.refused.push(`${violatedDirective} ${sourceFile}`),
        )
      })
      await openPage(page)
      await openPanel(page)
      await expect(rowsOf(page).first()).toBeVisible()
      await rowsOf(page).first().click()
      const surface = colorScheme === 'dark' ? 'rgb(14, 17, 22)' : 'rgb(255, 255, 255)'
      await expect(panelOf(page)).toHaveCSS('background-color', surface)
      await expect(panelOf(page)).toHaveCSS('font-size', '12px')
      await expect(panelOf(page)).toHaveCSS('text-transform', 'none')
      expect(await page.evaluate(() => window.refused)).toEqual([])
    })

    test('accessible, as far as a machine can tell', async ({ page }) => {
      await openPage(page)
      await openPanel(page)
      await rowsOf(page).first().click()
      expect(await faultsOf(page)).toEqual([])
    })
  })

test('it works in a page that forbids storage', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('forbidden', 'SecurityError')
      },
    })
  })
  const errors: Error[] = []
  page.on('pageerror', (error) => errors.push(error))
  await openPage(page)
  await openPanel(page)
  await expect(rowsOf(page).first()).toBeVisible()
  expect(errors).toEqual([])
})
