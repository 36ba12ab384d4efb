import { expect, test } from '@playwright/test'
import type { Alert } from '@heliobus/core'
import { PasswordResetRequested } from '../src/catalog/account.ts'
import { lettersByModule } from '../src/dead-letters.ts'
import { MAIL_TIME } from '../src/services/mail-service.ts'
import { chainOf, runModules } from './running-modules.ts'

const GIVING_UP = 5_000 // ms, more than three calls, the two longest waits between, and a call of the operator

const reset = (user: number): ReturnType<typeof PasswordResetRequested> =>
  PasswordResetRequested({ user_id: `u${user}`, reset_id: `reset-${user}` }, { userId: `u${user}` })

test('somebody asks for a new password, and gets a mail: the token never travels', async () => {
  const { bus, mail, state, advance } = runModules()
  const asked = bus.publish(reset(1))
  await advance(MAIL_TIME)
  expect(mail.newest()).toEqual({ template: 'password_reset', user_id: 'u1', reset_id: 'reset-1' })
  expect(state('email')).toBe('0 welcomes · 1 resets')
  expect(chainOf(bus, asked)).toEqual(['password.reset.requested', [['email.sent', []]]])
  expect(JSON.stringify(bus.history())).not.toContain('token')
})

test('while the mail service is down, a mail is tried three times, then it is a dead letter with all that is known', async () => {
  const { bus, mail, health, advance } = runModules()
  mail.setDown(true)
  const asked = bus.publish(reset(1))
  await advance(MAIL_TIME)
  expect(health('email')).toMatchObject({ retries: 1, trouble: { handler: 'sendReset', attempt: 1 } })
  expect(health('email').trouble?.retryIn).toBeLessThanOrEqual(600)
  await advance(GIVING_UP)
  expect(health('email')).toMatchObject({ retries: 2, trouble: { attempt: 3, retryIn: undefined } })

  const [letter] = lettersByModule(bus).get('email') ?? []
  expect(letter).toMatchObject({ kind: 'failed', handler: 'sendReset', event: { id: asked.id } })
  expect(letter?.attempts.map(({ attempt, error }) => `${attempt}: ${String(error)}`)).toEqual([
    '1: Error: the mail service does not answer',
    '2: Error: the mail service does not answer',
    '3: Error: the mail service does not answer',
  ])
})

test('other modules and other people never notice; the operator is called once', async () => {
  const { bus, mail, state, advance, types } = runModules()
  mail.setDown(true)
  for (const user of [1, 2, 3]) bus.publish(reset(user))
  bus.publish('user:login', { user_id: 'u4' })
  await advance(GIVING_UP)
  expect(state('analytics')).toContain('4 more') // one visit, three errors
  expect(types().filter((type) => type === 'module.error')).toHaveLength(3)
  expect(bus.history('module.error').map(({ data }) => data)).toEqual(
    Array.from({ length: 3 }, () => ({ module: 'email', code: 'gave_up' })),
  )
  expect(state('notification')).toMatch(/^operator, email: gave_up · \d calls$/)
})

test('a mail that was given up leads to a module’s error, as an effect of what was asked for', async () => {
  const { bus, mail, advance } = runModules()
  mail.setDown(true)
  const asked = bus.publish(reset(1))
  await advance(GIVING_UP)
  expect(chainOf(bus, asked)).toEqual(['password.reset.requested', [['module.error', []]]])
})

test('the third dead letter within a minute raises an alert, once', async () => {
  const { bus, mail, advance } = runModules()
  const alerts: Alert[] = []
  bus.alerts$.subscribe((alert) => alerts.push(alert))
  mail.setDown(true)
  for (const user of [1, 2]) bus.publish(reset(user))
  await advance(GIVING_UP)
  expect(alerts).toEqual([])
  for (const user of [3, 4]) bus.publish(reset(user))
  await advance(GIVING_UP)
  expect(alerts.map(({ name, evidence }) => [name, evidence.map(({ handler }) => handler)])).toEqual([
    ['given-up', ['sendReset', 'sendReset', 'sendReset']],
  ])
})

test('mended and redriven, each mail goes out, and nobody else hears of it again', async () => {
  const { bus, mail, health, state, advance } = runModules()
  mail.setDown(true)
  for (const user of [1, 2, 3]) bus.publish(reset(user))
  await advance(GIVING_UP)
  mail.setDown(false)
  const before = handledBy(bus.subscriptions())
  const redriven = bus.deadLetters.redrive({ handler: 'sendReset' })
  await advance(MAIL_TIME)
  expect((await redriven).map(({ status }) => status)).toEqual(['handled', 'handled', 'handled'])
  expect(bus.deadLetters.size).toBe(0)
  expect(state('email')).toBe('0 welcomes · 3 resets')
  expect(health('email').trouble).toBeUndefined()
  const now = handledBy(bus.subscriptions())
  const more = Object.keys(now).filter((name) => now[name] !== before[name])
  // The one that failed; and those who hear of the mails, which are new.
  expect(more).toEqual(['sendReset', 'countSent', 'countMails'])
})

test('one person’s mails keep their order while the first of them is being tried again', async () => {
  const { bus, mail, advance } = runModules()
  mail.setDown(true)
  const first = bus.publish(reset(1))
  const second = bus.publish(PasswordResetRequested({ user_id: 'u1', reset_id: 'again' }, { userId: 'u1' }))
  await advance(MAIL_TIME) // the first has failed, the second waits behind it
  mail.setDown(false)
  await advance(GIVING_UP)
  const answered = bus.history('email.sent').map(({ causationId }) => causationId)
  expect(answered.toReversed()).toEqual([first.id, second.id])
})

function handledBy(
  subscriptions: readonly { readonly name: string; readonly delivered: number }[],
): Record<string, number> {
  return Object.fromEntries(subscriptions.map(({ name, delivered }) => [name, delivered]))
}
