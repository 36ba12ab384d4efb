import type { ObservatoryBus } from '../catalog/catalog.ts'
import type { Module } from './module.ts'

/** Counts what people and machines do. */
export function startAnalytics(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('analytics')
  let people = 0
  let mails = 0
  let others = 0
  let visits = 0
  let cents = 0

  bus.subscribe('user.account.*', ({ type }) => {
    people += type === 'user.account.created' ? 1 : -1
  })
  bus.subscribe('user:login', () => visits++)
  bus.subscribe(
    ['plugin_executed', 'system.*', 'module.**', 'task_manager.task_created', 'subscription.updated'],
    () => others++,
  )
  bus.subscribe('email.sent', () => mails++)
  bus.subscribe('order.payment.*', ({ data }) => {
    cents += data.amount_cents
  })

  return {
    scope: bus,
    stateLine: () =>
      `€ ${Math.round(cents / 100)} · ${people} people · ${mails} mails · ${visits + others} more`,
  }
}
