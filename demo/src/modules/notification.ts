import { defineCatalog } from '@heliobus/core'
import { kpText } from '../astronomy/space-weather.ts'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { FullMoon, SolarStormDetected, TransitExact } from '../catalog/cosmic.ts'
import { ItemCreated, StockLow } from '../catalog/shop.ts'
import { SynthesisUpdated } from '../catalog/synthesis.ts'
import { ModuleError } from '../catalog/system.ts'
import { TaskCompleted } from '../catalog/task.ts'
import type { Module } from './module.ts'

const speaks = defineCatalog(
  FullMoon,
  SolarStormDetected,
  TransitExact,
  ItemCreated,
  StockLow,
  SynthesisUpdated,
  ModuleError,
  TaskCompleted,
)

/** Tells people and operators what concerns them. */
export function startNotification(observatory: ObservatoryBus): Module {
  const bus = observatory.scope('notification', speaks)
  let notice = 'nothing to tell yet'
  const tell = (text: string): void => {
    notice = text
  }

  bus.subscribe(SolarStormDetected, ({ data }) => tell(`auroras at Kp ${kpText(data.kp_index)}`))
  bus.subscribe(FullMoon, ({ data }) => tell(`full moon in ${data.sign}`))
  bus.subscribe(TransitExact, ({ data }) => tell(`${data.planet} ${data.aspect} ${data.other}`))
  bus.subscribe(ItemCreated, ({ data }) => tell(`new: ${data.title}`))
  bus.subscribe(SynthesisUpdated, () => tell('your synthesis is new'))
  bus.subscribe(TaskCompleted, () => tell('well done'))
  bus.subscribe(StockLow, ({ data }) => tell(`order more: ${data.product}`))
  bus.subscribe(ModuleError, ({ data }) => tell(`${data.module}: ${data.code}`))

  return { scope: bus, stateLine: () => notice }
}
