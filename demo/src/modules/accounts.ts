import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { AccountCreated, AccountDeleted } from '../catalog/account.ts'
import { UserCreated, UserDeleted, UserRegistered } from '../catalog/user.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(UserRegistered, UserCreated, UserDeleted, AccountCreated, AccountDeleted)

/** Opens and closes accounts. */
export function startAccounts(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('accounts', speaks)
  let opened = 0
  let closed = 0

  bus.subscribe(
    UserRegistered,
    (event, context) => {
      opened++
      answer(event, context, UserCreated(event.data))
      answer(event, context, AccountCreated({ ...event.data, registration_source: 'web' }))
    },
    { name: 'open' },
  )
  bus.subscribe(
    AccountDeleted,
    (event, context) => {
      closed++
      answer(event, context, UserDeleted({ user_id: event.data.user_id }))
    },
    { name: 'close' },
  )

  return { scope: bus, stateLine: () => `${opened} opened · ${closed} closed` }
}
