import { defineCatalog } from '@heliobus/core'
import { kpText } from '../astronomy/space-weather.ts'
import type { ObservatoryBus } from '../catalog/catalog.ts'
import { FullMoon, SolarStormDetected, TransitExact } from '../catalog/cosmic.ts'
import { ItemCreated, StockLow } from '../catalog/shop.ts'
import { SynthesisUpdated } from '../catalog/synthesis.ts'
import { ModuleError } from '../catalog/system.ts'
import { TaskCompleted } from '../catalog/task.ts'
import { pause } from '../pause.ts'
import type { Services } from '../services/services.ts'
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

/** ms that a call of the operator takes. */
const CALL_TIME = 1_000

/** Tells people and operators what concerns them. */
export function startNotification(observatory: ObservatoryBus, { clock, isOnlyPlace }: Services): Module {
  const bus = observatory.scope('notification', speaks)
  let notice = 'nothing to tell yet'
  let calls = 0
  const tell = (text: string): void => {
    notice = text
  }

  bus.subscribe(SolarStormDetected, ({ data }) => tell(`auroras at Kp ${kpText(data.kp_index)}`), {
    name: 'warnOfStorm',
  })
  bus.subscribe(FullMoon, ({ data }) => tell(`full moon in ${data.sign}`), { name: 'announceMoon' })
  bus.subscribe(TransitExact, ({ data }) => tell(`${data.planet} ${data.aspect} ${data.other}`), {
    name: 'announceTransit',
  })
  bus.subscribe(ItemCreated, ({ data }) => tell(`new: ${data.title}`), { name: 'tellFriends' })
  bus.subscribe(SynthesisUpdated, () => tell('your synthesis is new'), { name: 'tellOfSynthesis' })
  bus.subscribe(TaskCompleted, () => tell('well done'), { name: 'congratulate' })
  bus.subscribe(StockLow, ({ data }) => tell(`order more: ${data.product}`), { name: 'askPurchasing' })
  bus.subscribe(
    ModuleError,
    async ({ data, hops }, { signal }) => {
      tell(`operator, ${data.module}: ${data.code}`)
      calls++
      if (isOnlyPlace || hops === 0) await pause(clock, CALL_TIME, signal)
    },
    // Who is on the phone already need not be called again.
    { name: 'callOperator', order: 'exhaust' },
  )

  return { scope: bus, stateLine: () => (calls > 0 ? `${notice} · ${calls} calls` : notice) }
}
