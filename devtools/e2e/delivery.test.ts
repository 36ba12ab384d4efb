import { expect, test } from '@playwright/test'
import { faultsOf } from './axe.ts'
import { openPage, openPanel } from './devtools.ts'

for (const colorScheme of ['dark', 'light'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('trace and explanation of a flow: accessible, and one leads to the other', async ({ page }) => {
      await openPage(page, 'events=0&flows=3')
      const panel = await openPanel(page)
      await panel.getByRole('tab', { name: 'Trace' }).click()
      await panel.getByRole('tree', { name: 'Flows' }).getByRole('treeitem').first().click()
      const flow = panel.getByRole('tree', { name: 'Flow of events' })
      const mail = flow.getByRole('treeitem', { name: /shop\.mail\.requested/ })
      await expect(mail).toContainText('it is a dead letter')
      await mail.click()
      await panel.getByRole('tab', { name: 'Explain' }).click()
      const inspector = panel.getByRole('complementary', { name: 'Inspector' })
      await expect(inspector.getByText(/^postman failed 3 times, and gave up/)).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      await inspector.getByRole('button', { name: 'look into it' }).click()
      await expect(panel.getByRole('tab', { name: 'Dead letters' })).toHaveAttribute('aria-selected', 'true')
    })

    test('dead letters: accessible, redriven by keys, and gone', async ({ page }) => {
      await openPage(page, 'events=0&flows=12')
      const panel = await openPanel(page)
      await panel.getByRole('button', { name: /alert/ }).click()
      await expect(panel.getByRole('region', { name: 'Alerts' })).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      await panel.getByRole('button', { name: 'Dead letters', exact: true }).click()
      await panel.getByRole('textbox', { name: 'Search the dead letters' }).fill('postman')
      await expect(panel.getByText(/^12 of \d+ letters, 1 reason$/)).toBeVisible()
      const tree = panel.getByRole('tree', { name: 'Dead letters' })
      await tree.press('ArrowRight')
      await tree.press('ArrowDown')
      await tree.press('Delete')
      await expect(panel.getByText('Press again: discard 1')).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
      await page.getByRole('button', { name: 'Mend the mail' }).click()
      await tree.press('r')
      await expect(panel.getByText('Redriven: 1 handled')).toBeVisible()
      await expect(panel.getByText(/^11 of \d+ letters, 1 reason$/)).toBeVisible()
    })
  })
