import { type BusEvent, defineCatalog, type HandlerContext } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { SolarStormDetected } from '../catalog/cosmic.ts'
import { SynthesisCompleted, SynthesisTriggered, SynthesisUpdated } from '../catalog/synthesis.ts'
import { BirthDataUpdated } from '../catalog/user.ts'
import { pause } from '../pause.ts'
import type { Services } from '../services/services.ts'
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
export const SYNTHESIS_TIME = 1_000

type Reason = 'solar_storm' | 'birth_data'

/** Makes the synthesis, and keeps it in an active memory until what it rests on changes. */
export function startSynthesis(observatory: ObservatoryBus, { clock }: Services): Module {
  const bus = observatory.scope('synthesis', speaks)
  // The newest that was triggered, in whichever tab: one that is completed after that is out of date already.
  let awaited: string | undefined
  let isValid = false
  let edition = 0

  const invalidate = (event: BusEvent, context: HandlerContext, reason: Reason): void => {
    isValid = false
    answer(event, context, SynthesisTriggered({ synthesis_id: `synthesis-${event.id}`, reason }))
  }
  bus.subscribe(SolarStormDetected, (event, context) => invalidate(event, context, 'solar_storm'), {
    name: 'invalidateByStorm',
  })
  bus.subscribe(BirthDataUpdated, (event, context) => invalidate(event, context, 'birth_data'), {
    name: 'invalidateByBirthData',
  })

  bus.subscribe(SynthesisTriggered, ({ data }) => void (awaited = data.synthesis_id), { name: 'awaitNewest' })
  bus.subscribe(
    SynthesisTriggered,
    async (event, context) => {
      if (!(await pause(clock, SYNTHESIS_TIME, context.signal))) return
      answer(event, context, SynthesisCompleted(event.data))
    },
    // What is out of date before it is done is not worth finishing: under constant change nothing is ever done. Another
    // tab's synthesis is that tab's own affair.
    { name: 'make', order: 'latest', where: ({ hops }) => hops === 0 },
  )
  bus.subscribe(
    SynthesisCompleted,
    (event, context) => {
      if (event.data.synthesis_id === awaited) isValid = true
      edition++
      answer(event, context, SynthesisUpdated(event.data))
    },
    { name: 'keep' },
  )

  return {
    scope: bus,
    stateLine: () => `memory ${isValid ? 'valid' : 'invalid'} · edition ${edition}`,
    needsCare: () => !isValid,
  }
}
