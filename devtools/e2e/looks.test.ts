import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { openPage, openPanel, panelOf, rowsOf } from './devtools.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

declare global {
  interface Window {
    axe: { run(around: unknown): Promise<AxeResults> }
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
      await page.evaluate(axe)
      const { violations } = await page.evaluate(() => window.axe.run({ include: ['heliobus-devtools'] }))
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
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
