import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { kpText } from '../astronomy/space-weather.ts'
import { SolarStormDetected } from '../catalog/cosmic.ts'
import { BirthDataUpdated } from '../catalog/user.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(SolarStormDetected, BirthDataUpdated)

/** Follows storms, and whom they touch. */
export function startSolarTracking(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('solar_tracking', speaks)
  let storm = 'quiet sun'
  let recalculated = 0

  bus.subscribe(
    SolarStormDetected,
    ({ data }) => {
      storm = `${data.severity} storm, Kp ${kpText(data.kp_index)}`
    },
    { name: 'rememberStorm' },
  )
  bus.subscribe(BirthDataUpdated, () => recalculated++, { name: 'recalculateTouch' })

  return { scope: bus, stateLine: () => `${storm} · ${recalculated} recalculated` }
}
