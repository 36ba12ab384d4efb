import { expect } from '@playwright/test'
import { MAIL_FAILS, test } from './tab.ts'

test.use({ allowed: MAIL_FAILS })

test('while the email service fails, the card shows each attempt, then the dead letters; an alert is raised', async ({
  open,
  context,
}) => {
  await context.addInitScript('Math.random = () => 0.999') // the longest waits
  await context.clock.install()
  const tab = await open()
  await context.clock.pauseAt(Date.now() + 60_000)
  const email = tab.module('email')
  const [trouble, alert] = [email.getByTestId('trouble'), tab.page.getByRole('alert')]
  await tab.mailSwitch.check()
  await tab.forgetPasswords(3)
  await context.clock.runFor(400)
  await expect(trouble).toHaveText('✕ failing · sendReset, attempt 2 in 0.6 s')
  await context.clock.runFor(600)
  await expect(trouble).toHaveText('✕ failing · sendReset, attempt 3 in 1.8 s')
  await expect(alert).toBeEmpty()
  await context.clock.runFor(2_500)
  await expect(trouble).toHaveText('✕ gave up · sendReset, after 3 attempts')
  await expect(email.getByTestId('letters')).toHaveText('3 dead letters')
  await expect(email.getByTestId('failures')).toHaveText('9')
  await expect(email.getByTestId('retries')).toHaveText('6 retries')
  await expect(alert).toContainText(
    '3 dead letters within 60 s, last sendReset on password.reset.requested: the mail service does not answer',
  )
  expect(await tab.number('dead-letters')).toBe(3)
  await expect(tab.module('notification').getByTestId('state')).toContainText('operator, email: gave_up')
  for (const width of [320, 390, 768, 1440]) {
    await tab.page.setViewportSize({ width, height: 844 })
    expect(await tab.sticksOut(), `at a width of ${width}`).toBe(0)
  }
  await tab.page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(alert).toBeEmpty()
})

test('mended, its letters are redriven to the handler that gave up, and to nobody else', async ({ open }) => {
  const tab = await open()
  const email = tab.module('email')
  const observatory = await tab.observatory()
  const handled = (): Promise<Record<string, number>> =>
    observatory.evaluate(({ bus }) => {
      const takers = bus
        .subscriptions()
        .filter(({ patterns }) => patterns.includes('password.reset.requested'))
      return Object.fromEntries(takers.map(({ name, delivered }) => [name, delivered]))
    })
  await tab.mailSwitch.check()
  await tab.forgetPasswords(3)
  await expect(email.getByTestId('letters')).toHaveText('3 dead letters')
  expect(await tab.quiet(6)).toBe(6) // three resets, three errors
  expect(await handled()).toEqual({ sendReset: 0, useHistory: 3 })

  await tab.mailSwitch.uncheck()
  await email.getByRole('button', { name: 'Redrive' }).click()
  await expect(email.getByTestId('letters')).toHaveText('0 dead letters')
  await expect(email.getByTestId('state')).toHaveText('0 welcomes · 3 resets')
  await expect(email.getByTestId('trouble')).toHaveCount(0)
  expect(await handled()).toEqual({ sendReset: 3, useHistory: 3 })
  expect(await tab.quiet(9)).toBe(9) // and three mails
})

test('redriven through the bus while the service is still down, a letter comes back with six attempts', async ({
  open,
}) => {
  const tab = await open()
  await tab.mailSwitch.check()
  await tab.forgetPasswords(1)
  await expect(tab.module('email').getByTestId('letters')).toHaveText('1 dead letter')
  const redriven = (await tab.observatory()).evaluate(async ({ bus }) => {
    const outcomes = await bus.deadLetters.redrive({ handler: 'sendReset' })
    const attempts = bus.deadLetters.list().flatMap((letter) => letter.attempts.map(({ attempt }) => attempt))
    return { statuses: outcomes.map(({ status }) => status), attempts }
  })
  expect(await redriven).toEqual({ statuses: ['failed'], attempts: [1, 2, 3, 1, 2, 3] })
})

test('while mails fail, everything else goes on', async ({ open }) => {
  const tab = await open()
  await tab.mailSwitch.check()
  await tab.forgetPasswords(1)
  await tab.storm()
  await expect(tab.module('synthesis').getByTestId('state')).toHaveText('memory valid · edition 1')
  await expect(tab.module('synthesis').getByTestId('trouble')).toHaveCount(0)
})
