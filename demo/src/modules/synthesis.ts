import { type BusEvent, defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { SolarStormDetected } from '../catalog/cosmic.ts'
import { SynthesisCompleted, SynthesisTriggered, SynthesisUpdated } from '../catalog/synthesis.ts'
import { BirthDataUpdated } from '../catalog/user.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(
  SolarStormDetected,
  BirthDataUpdated,
  SynthesisTriggered,
  SynthesisCompleted,
  SynthesisUpdated,
)

/** Makes the synthesis, and keeps it in an active memory until what it rests on changes. */
export function startSynthesis(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('synthesis', speaks)
  let isValid = false
  let edition = 0

  const invalidate = (event: BusEvent, reason: 'solar_storm' | 'birth_data'): void => {
    isValid = false
    const synthesis_id = `synthesis-${event.id}`
    answer(event, (options) => bus.publish(SynthesisTriggered({ synthesis_id, reason }, options)))
  }
  bus.subscribe(SolarStormDetected, (event) => invalidate(event, 'solar_storm'))
  bus.subscribe(BirthDataUpdated, (event) => invalidate(event, 'birth_data'))

  bus.subscribe(SynthesisTriggered, (event) => {
    const { synthesis_id } = event.data
    answer(event, (options) => bus.publish(SynthesisCompleted({ synthesis_id }, options)))
  })
  bus.subscribe(SynthesisCompleted, (event) => {
    isValid = true
    edition++
    const { synthesis_id } = event.data
    answer(event, (options) => bus.publish(SynthesisUpdated({ synthesis_id }, options)))
  })

  return { scope: bus, stateLine: () => `memory ${isValid ? 'valid' : 'invalid'} · edition ${edition}` }
}
