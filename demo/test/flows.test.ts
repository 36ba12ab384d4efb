import { expect, test } from '@playwright/test'
import { runModules, chainOf } from './running-modules.ts'

const byU1 = { userId: 'u1' }

test('somebody signs up: the account, the profile and the welcome are one flow', async () => {
  const { bus, advance, state } = runModules()
  const signUp = bus.publish('user:registered', { user_id: 'u1', email: 'vera@example.org' }, byU1)
  await advance(1_000)
  expect(chainOf(bus, signUp)).toEqual([
    'user:registered',
    [
      ['user.created', [['module.profile.calculated', []]]],
      ['user.account.created', [['email.sent', []]]],
    ],
  ])
  expect(state('email')).toBe('1 welcomes · 0 resets')
})

test('a new item is indexed, and friends are told', async () => {
  const { bus, state } = runModules()
  bus.publish('item.created', { item_id: 'i1', owner_id: 'u1', title: 'Green comet' }, byU1)
  expect(state('search')).toBe('1 items · 2 words · 0 people')
  expect(state('notification')).toBe('new: Green comet')
})

test('a date in the calendar makes a task, and a task that is done is told of', async () => {
  const { bus, state, types } = runModules()
  const planned = bus.publish(
    'calendar:event_created',
    { user_id: 'u1', event_id: 'd1', date: '2030-05-01' },
    byU1,
  )
  expect(chainOf(bus, planned)).toEqual(['calendar:event_created', [['task_manager:task_created', []]]])
  expect(bus.history('task_manager:task_created')[0]?.data).toEqual({
    user_id: 'u1',
    task_id: 'task-d1',
    title: 'Prepare for 2030-05-01',
  })
  bus.publish('task_manager:task_completed', { user_id: 'u1', task_id: 'task-d1' }, byU1)
  expect(state('task_manager')).toBe('1 made · 1 done')
  expect(state('notification')).toBe('well done')
  expect(types()).toHaveLength(3)
})

test('analytics time the plugins', () => {
  const { bus, state } = runModules()
  for (const execution_time of [10, 30])
    bus.publish('plugin_executed', { plugin: 'sunrise', user: 'station', execution_time })
  expect(state('analytics')).toContain('2 plugins, 20 ms each')
})

test('orders that are paid at the same moment take each their own pieces from the shelf', async () => {
  const { bus, state, settle } = runModules()
  for (const order_id of ['o1', 'o2', 'o3'])
    bus.publish('order.payment.completed', {
      order_id,
      product: 'orrery',
      quantity: 2,
      amount_cents: 100,
    })
  await settle()
  expect(state('inventory')).toBe('66 pieces in stock') // of 6 × 12
})

test('when fewer than five are left, purchasing is asked for more', async () => {
  const { bus, state, settle } = runModules()
  bus.publish('order.payment.completed', {
    order_id: 'o1',
    product: 'orrery',
    quantity: 8,
    amount_cents: 100,
  })
  await settle()
  expect(bus.history('inventory.stock.low')[0]?.data).toEqual({ product: 'orrery', left: 4 })
  expect(state('notification')).toBe('order more: orrery')
  expect(state('inventory')).toBe('72 pieces in stock')
})

test('who leaves is removed, cancelled and taken out of the index', async () => {
  const { bus, state } = runModules()
  const left = bus.publish('user.account.deleted', { user_id: 'u1', deletion_reason: 'user_request' }, byU1)
  expect(chainOf(bus, left)).toEqual([
    'user.account.deleted',
    [
      ['user.deleted', []],
      ['subscription:updated', []],
    ],
  ])
  expect(state('profile')).toContain('1 removed')
  expect(state('search')).toContain('1 people')
})

test('while the operator is on the phone, a second error makes no second call', async () => {
  const { bus, state, advance } = runModules()
  bus.publish('module.error', { module: 'lunar', code: 'feed_stale' })
  bus.publish('module.error', { module: 'transits', code: 'feed_stale' })
  expect(state('notification')).toBe('operator, lunar: feed_stale · 1 calls')
  await advance(2_000)
  bus.publish('module.error', { module: 'transits', code: 'feed_stale' })
  expect(state('notification')).toBe('operator, transits: feed_stale · 2 calls')
})

test('the publisher waits for nobody: what handlers take time for comes after', async () => {
  const { bus, types, advance } = runModules()
  bus.publish('password.reset.requested', { user_id: 'u1', reset_id: 'r1' }, byU1)
  expect(types()).toEqual(['password.reset.requested'])
  await advance(1_000)
  expect(types()).toEqual(['password.reset.requested', 'email.sent'])
})
