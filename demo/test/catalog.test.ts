import { expect, test } from '@playwright/test'
import { matches } from '@heliobus/core'
import { catalog } from '../src/catalog/catalog.ts'
import { runModules } from './running-modules.ts'

const definitions = [...catalog]

test('the catalog has every event that the documents name', () => {
  const named = `user.created user.updated user.deleted user.birth_data.updated user.preferences.changed
    module.profile.calculated module.error cosmic.solar_storm.detected cosmic.full_moon cosmic.transit.exact
    synthesis.triggered synthesis.completed synthesis.updated user.account.created user.account.deleted
    order.payment.completed inventory.stock.low user:registered user:login subscription:updated plugin_executed
    task_manager:task_created task_manager:task_completed calendar:event_created system:startup item.created
    password.reset.requested email.sent`
  expect(definitions.map(({ type }) => type).toSorted()).toEqual(named.split(/\s+/).toSorted())
})

for (const definition of definitions) {
  test(`${definition.type} is documented, and its example fits, also after a JSON round trip`, () => {
    const { summary, trigger, producer, consumers, examples = [] } = definition
    expect([summary, trigger, producer].every(Boolean)).toBe(true)
    expect(Object.keys(consumers ?? {}).length).toBeGreaterThan(0)
    expect(examples).toHaveLength(1)
    for (const example of examples) expect(definition.accepts(definition.parse(example))).toBe(true)
  })
}

test('the catalog names just those consumers that have handlers, and closing the modules ends them all', async () => {
  const { bus, modules } = runModules()
  for (const { type, consumers } of definitions) {
    const hearing = bus
      .subscriptions()
      .filter(({ patterns }) => patterns.some((pattern) => matches(pattern, type)))
      .map(({ scope }) => scope)
    expect([...new Set(hearing)].toSorted(), type).toEqual(Object.keys(consumers ?? {}).toSorted())
  }
  await Promise.all(modules.map(({ scope }) => scope.close()))
  expect(bus.subscriptions()).toEqual([])
})

test('every handler has a name of its own, so that its dead letters find it', () => {
  const names = runModules()
    .bus.subscriptions()
    .map(({ name }) => name)
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
  expect(names).not.toContain('anonymous')
})
