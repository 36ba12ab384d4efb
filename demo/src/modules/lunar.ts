import { defineCatalog } from '@heliobus/core'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { FullMoon } from '../catalog/cosmic.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(FullMoon)

/** Keeps where the moon was full last. */
export function startLunar(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('lunar', speaks)
  let state = 'no full moon yet'

  bus.subscribe(
    FullMoon,
    ({ data }) => {
      state = `full at ${data.degree.toFixed(1)}° ${data.sign}`
    },
    { name: 'rememberSign' },
  )

  return { scope: bus, stateLine: () => state }
}
