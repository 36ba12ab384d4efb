import { expect } from '@playwright/test'
import { test } from './tab.ts'

test.use({ viewport: { width: 1_440, height: 900 } })

test('the devtools show the flow of a storm end to end, and what became of its first event', async ({
  open,
}) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const panel = tab.page.getByRole('region', { name: 'Heliobus devtools' })
  await tab.storm()
  await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  await panel.locator('[data-row]').filter({ hasText: 'cosmic.solar_storm.detected' }).click()
  await panel.getByRole('tab', { name: 'Explain' }).click()
  const inspector = panel.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('Published here by solar_tracking')).toBeVisible()
  await expect(inspector.getByText('invalidateByStorm', { exact: true })).toBeVisible()

  await panel.getByRole('tab', { name: 'Trace' }).click()
  const lines = panel.getByRole('tree', { name: 'Flow of events' }).getByRole('treeitem')
  await expect(lines).toHaveCount(4)
  for (const [index, topic] of [
    'cosmic.solar_storm.detected',
    'synthesis.triggered',
    'synthesis.completed',
    'synthesis.updated',
  ].entries()) {
    await expect(lines.nth(index)).toContainText(topic)
    await expect(lines.nth(index)).toHaveAttribute('aria-level', String(index + 1))
  }
})
