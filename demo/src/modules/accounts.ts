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

  bus.subscribe(UserRegistered, (event) => {
    opened++
    answer(event, (options) => {
      bus.publish(UserCreated(event.data, options))
      bus.publish(AccountCreated({ ...event.data, registration_source: 'web' }, options))
    })
  })

  bus.subscribe(AccountDeleted, (event) => {
    closed++
    const { user_id } = event.data
    answer(event, (options) => bus.publish(UserDeleted({ user_id }, options)))
  })

  return { scope: bus, stateLine: () => `${opened} opened · ${closed} closed` }
}
