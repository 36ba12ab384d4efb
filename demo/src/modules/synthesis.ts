import { type BusEvent, type Clock, defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { SolarStormDetected } from '../catalog/cosmic.ts'
import { SynthesisCompleted, SynthesisTriggered, SynthesisUpdated } from '../catalog/synthesis.ts'
import { BirthDataUpdated } from '../catalog/user.ts'
import { pause } from '../pause.ts'
import { answer } from './answer.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(
  SolarStormDetected,
  BirthDataUpdated,
  SynthesisTriggered,
  SynthesisCompleted,
  SynthesisUpdated,
)

/** ms that a synthesis takes. */
export const SYNTHESIS_TIME = 1_500

/** Makes the synthesis, and keeps it in an active memory until what it rests on changes. */
export function startSynthesis(observatory: ObservatoryBus, clock: Clock): Module {
  const bus = observatory.scope('synthesis', speaks)
  // The newest that was triggered: an older one that is completed later is out of date already.
  let awaited: string | undefined
  let isValid = false
  let edition = 0

  const invalidate = (event: BusEvent, reason: 'solar_storm' | 'birth_data'): void => {
    isValid = false
    const synthesis_id = `synthesis-${event.id}`
    answer(event, (options) => bus.publish(SynthesisTriggered({ synthesis_id, reason }, options)))
  }
  bus.subscribe(SolarStormDetected, (event) => invalidate(event, 'solar_storm'))
  bus.subscribe(BirthDataUpdated, (event) => invalidate(event, 'birth_data'))

  bus.subscribe(SynthesisTriggered, async (event, { signal }) => {
    const { synthesis_id } = event.data
    awaited = synthesis_id
    if (event.hops > 0 || !(await pause(clock, SYNTHESIS_TIME, signal))) return
    answer(event, (options) => bus.publish(SynthesisCompleted({ synthesis_id }, options)))
  })
  bus.subscribe(SynthesisCompleted, (event) => {
    const { synthesis_id } = event.data
    if (synthesis_id === awaited) isValid = true
    edition++
    answer(event, (options) => bus.publish(SynthesisUpdated({ synthesis_id }, options)))
  })

  return {
    scope: bus,
    stateLine: () => `memory ${isValid ? 'valid' : 'invalid'} · edition ${edition}`,
    needsCare: () => !isValid,
  }
}
