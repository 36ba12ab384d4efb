import { expect, test } from '@playwright/test'
import { createBus } from '@heliobus/core'
import { catalog } from '../src/catalog/catalog.ts'
import { SolarStormDetected } from '../src/catalog/cosmic.ts'
import { startSynthesis, SYNTHESIS_TIME } from '../src/modules/synthesis.ts'
import { createVirtualClock } from './virtual-clock.ts'

const aStorm = SolarStormDetected({ at: '2026-01-01T00:00:00Z', kp_index: 7, severity: 'G3' })

function begin() {
  const clock = createVirtualClock()
  const bus = createBus({ catalog, clock })
  const { stateLine, scope } = startSynthesis(bus, clock)
  const pass = async (ms: number): Promise<void> => {
    clock.pass(ms)
    await new Promise(setImmediate) // the handler that waits goes on
  }
  return { bus, stateLine, scope, pass }
}

test('from the storm until the synthesis is completed, the active memory is invalid', async () => {
  const { bus, stateLine, pass } = begin()
  bus.publish(aStorm)
  await pass(SYNTHESIS_TIME - 100)
  expect(stateLine()).toBe('memory invalid · edition 0')
  await pass(200)
  expect(stateLine()).toBe('memory valid · edition 1')
  expect(bus.history().map(({ type }) => type)).toEqual([
    'synthesis.updated',
    'synthesis.completed',
    'synthesis.triggered',
    'cosmic.solar_storm.detected',
  ])
})

test('a second storm makes the synthesis of the first one out of date', async () => {
  const { bus, stateLine, pass } = begin()
  bus.publish(aStorm)
  await pass(1_000)
  bus.publish(aStorm)
  await pass(1_000)
  expect(stateLine()).toBe('memory invalid · edition 1')
  await pass(1_000)
  expect(stateLine()).toBe('memory valid · edition 2')
})

test('a synthesis that is being made is given up when the module closes', async () => {
  const { bus, scope, pass } = begin()
  bus.publish(aStorm)
  const closed = scope.close()
  await pass(0)
  await pass(SYNTHESIS_TIME * 2)
  await closed
  expect(bus.stats()).toMatchObject({ published: 2, failures: 0 })
})
