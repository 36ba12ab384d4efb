import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { TransitExact } from '../catalog/cosmic.ts'
import { BirthDataUpdated } from '../catalog/user.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(TransitExact, BirthDataUpdated)

/** Keeps the newest exact transit. */
export function startTransits(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('transits', speaks)
  let newest = 'no transit yet'
  let recalculated = 0

  bus.subscribe(
    TransitExact,
    ({ data }) => {
      newest = `${data.planet} ${data.aspect} ${data.other}`
    },
    { name: 'rememberTransit' },
  )
  bus.subscribe(BirthDataUpdated, () => recalculated++, { name: 'recalculateCharts' })

  return { scope: bus, stateLine: () => `${newest} · ${recalculated} charts` }
}
