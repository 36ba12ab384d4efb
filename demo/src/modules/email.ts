import { type BusEvent, defineCatalog, exponential, type HandlerContext, type Policy } from '@heliobus/core'
import { AccountCreated, EmailSent, PasswordResetRequested } from '../catalog/account.ts'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import type { Mail } from '../services/mail-service.ts'
import type { Services } from '../services/services.ts'
import { answer as answerHere } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(AccountCreated, PasswordResetRequested, EmailSent)

/** One person's mails go out in the order they were asked for. The waits are short, so that a visitor sees all attempts. */
const mailing = {
  order: 'key',
  retry: exponential({ attempts: 3, first: 600, factor: 3 }),
  timeout: 5_000,
} as const satisfies Policy

/** Writes to people. */
export function startEmail(
  observatory: ObservatoryBus,
  { mail, isOnlyPlace, answer = answerHere }: Services,
): Module {
  const bus = observatory.scope('email', speaks)
  const sent = { welcome: 0, password_reset: 0 }

  const send = async (event: BusEvent, context: HandlerContext, letter: Mail): Promise<void> => {
    if (event.hops > 0 && !isOnlyPlace) return // the tab where it was published sends it
    await mail.send(letter, context.signal)
    const { user_id, template } = letter
    await answer(event, context, EmailSent({ user_id, template }))
  }
  bus.subscribe(
    AccountCreated,
    (event, context) => send(event, context, { template: 'welcome', user_id: event.data.user_id }),
    { ...mailing, name: 'sendWelcome' },
  )
  bus.subscribe(
    PasswordResetRequested,
    (event, context) => send(event, context, { template: 'password_reset', ...event.data }),
    { ...mailing, name: 'sendReset' },
  )
  bus.subscribe(EmailSent, ({ data }) => void sent[data.template]++, { name: 'countSent' })

  return {
    scope: bus,
    stateLine: () => `${sent.welcome} welcomes · ${sent.password_reset} resets`,
  }
}
