import { expect } from '@playwright/test'
import { test } from './station.ts'
import { HUB_AWAY } from './tab.ts'

test.use({ allowed: HUB_AWAY, viewport: { width: 1_440, height: 900 } })

const STORM = 'cosmic.solar_storm.detected'

test('the devtools show what happens in the ground station beside what happens in the tab, also while the cable is cut', async ({
  open,
  station,
}) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const panel = tab.page.getByRole('region', { name: 'Heliobus devtools' })
  await tab.uplink('connected')
  await expect(panel.getByRole('button', { name: 'tap of hub' })).toBeVisible()
  await tab.storm()
  const rows = panel.locator('[data-row]').filter({ hasText: STORM })
  await expect(rows).toHaveCount(2)
  await rows.filter({ hasText: 'hub' }).click()
  await panel.getByRole('tab', { name: /^Handlers/ }).click()
  const inspector = panel.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('warnOfStorm', { exact: true })).toBeVisible() // a service that runs there alone

  await tab.cable.check()
  await tab.uplink('lost')
  const data = { at: '2026-01-01T00:00:00Z', kp_index: 8, severity: 'G4' }
  expect((await station.post({ type: STORM, data })).status).toBe(202)
  await expect(rows).toHaveCount(3)
})
