import { expect } from '@playwright/test'
import { MAIL_FAILS, test } from './tab.ts'

test.use({ allowed: MAIL_FAILS, viewport: { width: 1_440, height: 900 } })

test('mails that failed are found in the devtools, and redriven from there to the handler that gave up alone', async ({
  open,
}) => {
  const tab = await open('?seed=7&paused&devtools=open')
  const panel = tab.page.getByRole('region', { name: 'Heliobus devtools' })
  const observatory = await tab.observatory()
  const handled = (): Promise<Record<string, number>> =>
    observatory.evaluate(({ bus }) =>
      Object.fromEntries(bus.subscriptions().map(({ name, delivered }) => [name, delivered])),
    )
  await tab.mailSwitch.check()
  await tab.forgetPasswords(3)

  // Each of three attempts is told, then the dead letter, then the alert.
  await expect(panel.getByRole('button', { name: '3 dead letters' })).toBeVisible()
  await expect(panel.getByRole('button', { name: /1 alert/ })).toBeVisible()
  await panel.getByRole('combobox', { name: 'Filter' }).fill('is:dead topic:password.reset.requested')
  await expect(panel.locator('[data-row]')).toHaveCount(3)
  await panel.locator('[data-row]').first().click()
  await panel.getByRole('tab', { name: /^Handlers/ }).click()
  const inspector = panel.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('Error: the mail service does not answer', { exact: true })).toHaveCount(3)

  await panel.getByRole('button', { name: '3 dead letters' }).click()
  const letters = panel.getByRole('tree', { name: 'Dead letters' })
  await expect(letters.getByRole('treeitem').first()).toContainText('the mail service does not answer')
  await tab.mailSwitch.uncheck()
  const before = await handled()
  await panel.getByRole('button', { name: 'Redrive 3' }).click()
  await expect(tab.module('email').getByTestId('state')).toHaveText('0 welcomes · 3 resets')
  await expect(tab.module('email').getByTestId('letters')).toHaveText('0 dead letters')
  await expect(panel.getByRole('button', { name: /dead letter/ })).toHaveCount(0)

  // Of those who hear of a reset, only the one that failed has run again.
  const after = await handled()
  expect(after['sendReset']).toBe(before['sendReset']! + 3)
  const resets = await observatory.evaluate(({ bus }) => bus.history('password.reset.requested').length)
  expect(resets).toBe(3)
  const takers = await observatory.evaluate(({ bus }) =>
    bus
      .subscriptions()
      .filter(({ patterns }) => patterns.includes('password.reset.requested'))
      .map(({ name }) => name),
  )
  for (const name of takers.filter((one) => one !== 'sendReset')) expect(after[name]).toBe(before[name])
})
