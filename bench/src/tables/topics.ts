import type { Contender } from '../contender.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { memo } from '../contenders/memo.ts'
import { payload } from '../exact-entry.ts'
import { brief } from '../figures.ts'
import { distinctHandler } from '../handler.ts'
import { heapUsed } from '../heap.ts'
import { atMost, type Table } from '../table.ts'

const EARLY = 100_000
const LATE = 1_000_000

interface Growth {
  readonly name: string
  readonly early: number
  readonly late: number
  /** Nanoseconds a publish, each on a topic never seen before. */
  readonly ns: number
}

function grow(contender: Contender): Growth {
  const emitter = contender.make()
  for (const pattern of ['sensor.*.read', 'sensor.**', 'room.one'])
    emitter.subscribe(pattern, distinctHandler())
  const publish = (from: number, to: number): void => {
    for (let index = from; index < to; index++) emitter.publish(`sensor.number${index}.read`, payload)
  }
  publish(0, EARLY)
  const early = heapUsed()
  const start = process.hrtime.bigint()
  publish(EARLY, LATE)
  const ns = Number(process.hrtime.bigint() - start) / (LATE - EARLY)
  const late = heapUsed()
  emitter.publish('room.one', payload) // it is alive until here
  return { name: contender.name, early, late, ns }
}

const bytesEach = ({ early, late }: Growth): number => (late - early) / (LATE - EARLY)

export const topics: Table = {
  run({ quick }) {
    const all = (quick ? [heliobus] : [heliobus, memo]).map(grow)
    return Promise.resolve({
      title: '1,000,000 different topics through one bus',
      columns: [
        'contender',
        'heap after 100,000, MB',
        'after 1,000,000, MB',
        'bytes a further topic',
        'ns a publish',
      ],
      rows: all.map((one) => [
        one.name,
        brief(one.early / 1e6),
        brief(one.late / 1e6),
        brief(bytesEach(one)),
        brief(one.ns),
      ]),
      bars: [atMost(1, 'heap a further topic', bytesEach(all[0]!), 'bytes')],
    })
  },
}
