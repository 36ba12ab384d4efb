import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { AccountCreated, EmailSent, PasswordResetRequested } from '../catalog/account.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(AccountCreated, PasswordResetRequested, EmailSent)

/** Writes to people. */
export function startEmail(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('email', speaks)
  let welcomes = 0
  let resets = 0

  bus.subscribe(AccountCreated, (event) => {
    welcomes++
    const { user_id } = event.data
    answer(event, (options) => bus.publish(EmailSent({ user_id, template: 'welcome' }, options)))
  })
  bus.subscribe(PasswordResetRequested, (event) => {
    resets++
    const { user_id } = event.data
    answer(event, (options) => bus.publish(EmailSent({ user_id, template: 'password_reset' }, options)))
  })

  return { scope: bus, stateLine: () => `${welcomes} welcomes · ${resets} resets` }
}
