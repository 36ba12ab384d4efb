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

  bus.subscribe(AccountDeleted, (event) => {
    cancelled++
    const { user_id } = event.data
    answer(event, (options) => bus.publish(SubscriptionUpdated({ user_id, tier: 'free' }, options)))
  })

  return { scope: bus, stateLine: () => `${cancelled} cancelled` }
}
