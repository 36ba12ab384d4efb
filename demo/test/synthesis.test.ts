import { expect, test } from '@playwright/test'
import { SolarStormDetected } from '../src/catalog/cosmic.ts'
import { BirthDataUpdated } from '../src/catalog/user.ts'
import { SYNTHESIS_TIME } from '../src/modules/synthesis.ts'
import { chainOf, runModules } from './running-modules.ts'

const aStorm = SolarStormDetected({ at: '2026-01-01T00:00:00Z', kp_index: 7, severity: 'G3' })
const newBirthData = BirthDataUpdated({ changed: ['time'] }, { userId: 'u1' })

test('from the storm until the synthesis is completed, the active memory is invalid', async () => {
  const { bus, state, advance, types } = runModules()
  bus.publish(aStorm)
  await advance(SYNTHESIS_TIME - 100)
  expect(state('synthesis')).toBe('memory invalid · edition 0')
  await advance(200)
  expect(state('synthesis')).toBe('memory valid · edition 1')
  expect(types()).toEqual([
    'cosmic.solar_storm.detected',
    'synthesis.triggered',
    'synthesis.completed',
    'synthesis.updated',
  ])
})

test('storm and synthesis are one chain of causes, over the time that the synthesis takes', async () => {
  const { bus, advance } = runModules()
  const storm = bus.publish(aStorm)
  await advance(SYNTHESIS_TIME)
  expect(chainOf(bus, storm)).toEqual([
    'cosmic.solar_storm.detected',
    [['synthesis.triggered', [['synthesis.completed', [['synthesis.updated', []]]]]]],
  ])
  expect(bus.history().every(({ correlationId }) => correlationId === storm.id)).toBe(true)
})

test('new birth data do the same, for the person they are about, beside the profile', async () => {
  const { bus, state, advance } = runModules()
  const correction = bus.publish(newBirthData)
  await advance(SYNTHESIS_TIME)
  expect(state('synthesis')).toBe('memory valid · edition 1')
  expect(chainOf(bus, correction)).toEqual([
    'user.birth_data.updated',
    [
      ['synthesis.triggered', [['synthesis.completed', [['synthesis.updated', []]]]]],
      ['module.profile.calculated', []],
    ],
  ])
  for (const { userId, correlationId } of bus.history())
    expect({ userId, correlationId }).toEqual({ userId: 'u1', correlationId: correction.id })
})

test('a second storm ends the synthesis of the first one, which is out of date', async () => {
  const { bus, state, advance, types } = runModules()
  bus.publish(aStorm)
  await advance(SYNTHESIS_TIME - 100)
  bus.publish(aStorm)
  await advance(SYNTHESIS_TIME - 100)
  expect(state('synthesis')).toBe('memory invalid · edition 0')
  await advance(100)
  expect(state('synthesis')).toBe('memory valid · edition 1')
  expect(types().filter((type) => type === 'synthesis.triggered')).toHaveLength(2)
  expect(types().filter((type) => type === 'synthesis.completed')).toHaveLength(1)
})

test('a synthesis that is being made is given up when the module closes', async () => {
  const { bus, modules, advance, types } = runModules()
  bus.publish(aStorm)
  const closed = modules.find(({ scope }) => scope.source === 'synthesis')?.scope.close()
  await advance(SYNTHESIS_TIME * 2)
  await closed
  expect(types()).toEqual(['cosmic.solar_storm.detected', 'synthesis.triggered'])
  expect(bus.stats().failures).toBe(0)
})
