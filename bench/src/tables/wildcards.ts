import type { Contender } from '../contender.ts'
import { eventemitter2Wildcard } from '../contenders/eventemitter2.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { memo } from '../contenders/memo.ts'
import { memoFloor } from '../contenders/memo-floor.ts'
import { mqemitterBus } from '../contenders/mqemitter.ts'
import { postalBus } from '../contenders/postal.ts'
import { qlobber } from '../contenders/qlobber.ts'
import { filteredSubject } from '../contenders/rxjs.ts'
import { payload } from '../exact-entry.ts'
import { brief, find, median, ratio, type Series } from '../figures.ts'
import { distinctHandler, sink } from '../handler.ts'
import { distinctLoop } from '../loop.ts'
import { type Effort, type Entry, measure } from '../measure.ts'
import { sparse, sparseDeliveries, topics } from '../patterns.ts'
import { atLeast, atMost, type Table } from '../table.ts'

const sizes = [10, 1_000, 10_000, 100_000]

/** How many subscriptions each can take in reasonable time: in a quick run, in a full one. */
const contenders = new Map<Contender, readonly [quick: number, full: number]>([
  [heliobus, [100_000, 100_000]],
  [memo, [100_000, 100_000]],
  [memoFloor, [100_000, 100_000]],
  [qlobber, [100_000, 100_000]],
  [mqemitterBus, [100_000, 100_000]],
  [eventemitter2Wildcard, [10_000, 100_000]],
  [postalBus, [1_000, 10_000]],
  [filteredSubject, [1_000, 10_000]],
])

const label = ({ name }: Contender, size: number): string => `${name}, ${size}`

function entry(contender: Contender, size: number): Entry {
  const emitter = contender.make()
  const never = distinctHandler(contender.style)
  for (let i = 0; i < size; i++)
    emitter.subscribe(sparse(i), i < 10 ? distinctHandler(contender.style) : never)
  const run = distinctLoop(emitter.publish.bind(emitter), topics, payload)
  if (size <= 1_000) check(label(contender, size), run)
  return { name: label(contender, size), run }
}

function check(name: string, run: Entry['run']): void {
  sink.count = 0
  void run(topics.length)
  const expected = sparseDeliveries * topics.length
  if (sink.count !== expected) throw new Error(`${name}: ${sink.count} handler calls, not ${expected}`)
}

function entries(group: readonly Contender[], effort: Effort): Entry[] {
  return group.flatMap((contender) => {
    const most = contenders.get(contender)![effort.quick ? 0 : 1]
    return sizes.filter((size) => size <= most).map((size) => entry(contender, size))
  })
}

/** Each peer beside heliobus, apart from the others: half a million subscriptions in one heap are everybody's burden. */
async function measureApart(effort: Effort): Promise<Map<Contender, Series[]>> {
  const floors: readonly Contender[] = [heliobus, memo, memoFloor]
  const measured = new Map<Contender, Series[]>([[heliobus, await measure(entries(floors, effort), effort)]])
  for (const peer of contenders.keys()) {
    globalThis.gc?.()
    const series = floors.includes(peer) ? [] : await measure(entries([heliobus, peer], effort), effort)
    measured.set(peer, series.length > 0 ? series : measured.get(heliobus)!)
  }
  return measured
}

export const wildcards: Table = {
  async run(effort) {
    const measured = await measureApart(effort)
    const at = (contender: Contender, size: number, beside = contender): Series =>
      find(measured.get(beside)!, { name: label(contender, size) })
    const seen = (contender: Contender, size: number): Series | undefined =>
      measured.get(contender)!.find(({ name }) => name === label(contender, size))
    const cell = (contender: Contender, size: number): string => {
      const found = seen(contender, size)
      return found === undefined ? '–' : brief(median(found.values))
    }
    const others: [Contender, number][] = [
      [qlobber, 3],
      [mqemitterBus, 3],
      [eventemitter2Wildcard, 50],
    ]
    return {
      title: 'Publish against wildcard subscriptions, few of which match (ns)',
      columns: ['contender', ...sizes.map((size) => size.toLocaleString('en'))],
      rows: [...contenders.keys()].map((one) => [one.name, ...sizes.map((size) => cell(one, size))]),
      bars: [
        atMost(1.5, 'wildcards, 100,000 subscriptions to 10', ratio(at(heliobus, 100_000), at(heliobus, 10))),
        atMost(
          3,
          'wildcards, 10,000 subscriptions, to the memoised floor',
          ratio(at(heliobus, 10_000), at(memoFloor, 10_000)),
        ),
        ...others.map(([contender, times]) =>
          atLeast(
            times,
            `wildcards, 10,000 subscriptions, ${contender.name} to heliobus`,
            ratio(at(contender, 10_000), at(heliobus, 10_000, contender)),
          ),
        ),
      ],
      plot: {
        title: 'Publish against 10,000 wildcard subscriptions',
        unit: 'million a second',
        ours: heliobus.name,
        bars: [...contenders.keys()].flatMap((one) => {
          const found = seen(one, 10_000)
          return found === undefined ? [] : [{ label: one.name, value: 1_000 / median(found.values) }]
        }),
      },
      note: `${sparseDeliveries.toFixed(2)} handler calls a publish at every size, on 1,024 topics in turn. One pattern in 24 begins with \`**\`. The memoised floor is a memoised Map with what every floor has: an envelope with a time, and isolation.`,
    }
  },
}
