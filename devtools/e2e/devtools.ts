import { expect, type Locator, type Page } from '@playwright/test'

/** The page of `pages/strict.html`, its devtools closed. */
export async function openPage(page: Page, query = 'events=40'): Promise<void> {
  await page.goto(`/strict.html?${query}`)
  await expect(launcherOf(page)).toBeVisible()
}

export function launcherOf(page: Page): Locator {
  return page.getByRole('button', { name: /^Heliobus devtools/ })
}

export function panelOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Heliobus devtools' })
}

/** Rows of the stream that are drawn. */
export function rowsOf(page: Page): Locator {
  return panelOf(page).locator('[data-row]')
}

export async function openPanel(page: Page): Promise<Locator> {
  await launcherOf(page).click()
  await expect(panelOf(page)).toBeVisible()
  return panelOf(page)
}
