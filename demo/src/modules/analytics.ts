import type { ObservatoryBus } from '../catalog/catalog.ts'
import type { Module } from './module.ts'

/** Counts what people and machines do. */
export function startAnalytics(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('analytics')
  let people = 0
  let mails = 0
  let cents = 0

  bus.subscribe('user.**', ({ type }) => {
    if (type === 'user.created') people++
    if (type === 'user.deleted') people--
  })
  bus.subscribe(['plugin_executed', 'system.*', 'module.**'], () => undefined, { name: 'log' })
  bus.subscribe(['task_manager.task_created', 'subscription.updated'], () => undefined, { name: 'sum_up' })
  bus.subscribe('email.sent', () => mails++)
  bus.subscribe('order.payment.*', ({ data }) => {
    cents += data.amount_cents
  })

  return {
    scope: bus,
    stateLine: () => `${people} people · ${mails} mails · € ${Math.round(cents / 100).toLocaleString('en')}`,
  }
}
