import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { AccountDeleted, SubscriptionUpdated } from '../catalog/account.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(AccountDeleted, SubscriptionUpdated)

/** Ends subscriptions with their accounts. */
export function startBilling(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('billing', speaks)
  let cancelled = 0

  bus.subscribe(
    AccountDeleted,
    (event, context) => {
      cancelled++
      answer(event, context, SubscriptionUpdated({ user_id: event.data.user_id, tier: 'free' }))
    },
    { name: 'cancel' },
  )

  return { scope: bus, stateLine: () => `${cancelled} cancelled` }
}
