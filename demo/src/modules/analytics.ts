import type { Policy } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import type { Module } from './module.ts'

/** A sum is the same in any order: nobody waits. */
const counting = (name: string): Policy => ({ name, order: 'parallel' })

/** Counts what people and machines do. */
export function startAnalytics(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('analytics')
  let people = 0
  let mails = 0
  let others = 0
  let plugins = 0
  let pluginTime = 0 // ms
  let cents = 0

  bus.subscribe(
    'user.account.*',
    ({ type }) => {
      people += type === 'user.account.created' ? 1 : -1
    },
    counting('countPeople'),
  )
  bus.subscribe(
    'plugin_executed',
    ({ data }) => {
      plugins++
      pluginTime += data.execution_time
    },
    counting('timePlugins'),
  )
  bus.subscribe(
    ['user:login', 'system.*', 'module.**', 'task_manager.task_created', 'subscription.updated'],
    () => others++,
    counting('countOthers'),
  )
  bus.subscribe('email.sent', () => mails++, counting('countMails'))
  bus.subscribe(
    'order.payment.*',
    ({ data }) => {
      cents += data.amount_cents
    },
    counting('addRevenue'),
  )

  const pluginMean = (): number => Math.round(pluginTime / Math.max(1, plugins))
  return {
    scope: bus,
    stateLine: () =>
      `€ ${Math.round(cents / 100)} · ${people} people · ${mails} mails · ${plugins} plugins, ${pluginMean()} ms each · ${others} more`,
  }
}
