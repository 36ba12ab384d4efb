import type { Contender } from '../contender.ts'
import { heliobus } from '../contenders/heliobus.ts'
import { memoFloor } from '../contenders/memo-floor.ts'
import { mqemitterBus } from '../contenders/mqemitter.ts'
import { qlobber } from '../contenders/qlobber.ts'
import { payload } from '../exact-entry.ts'
import { brief, find, median, ratio, spread } from '../figures.ts'
import { type Handler, handlerPool } from '../handler.ts'
import { distinctLoop, type Loop } from '../loop.ts'
import { type Entry, measure } from '../measure.ts'
import { dense, sparse, topics } from '../patterns.ts'
import { atMost, type Table } from '../table.ts'

const SIZE = 10_000
/** Publishes between two changes. */
const BETWEEN = 100

const mixes = { sparse, dense } as const
type Mix = keyof typeof mixes

const contenders = [heliobus, qlobber, mqemitterBus, memoFloor]

const label = ({ name }: Contender, mix: Mix): string => `${name}, ${mix}`

/** Every 100 publishes the oldest subscription goes and a new one comes. Those that match in the sparse mix stay. */
function entry(contender: Contender, mix: Mix): Entry {
  const emitter = contender.make()
  const handler = handlerPool(contender.style)
  const subscribe = (index: number): Live => {
    const [pattern, own] = [mixes[mix](index), handler()]
    return { pattern, handler: own, handle: emitter.subscribe(pattern, own) }
  }
  const live = Array.from({ length: SIZE }, (_, index) => subscribe(index))
  const kept = mix === 'sparse' ? 10 : 0
  let at = 0
  const swap = (): void => {
    const place = kept + (at % (SIZE - kept))
    const { pattern, handler: old, handle } = live[place]!
    emitter.unsubscribe(pattern, old, handle)
    live[place] = subscribe(SIZE + at++)
  }
  const publish = distinctLoop(emitter.publish.bind(emitter), topics, payload)
  return { name: label(contender, mix), run: between(swap, publish) }
}

interface Live {
  readonly pattern: string
  readonly handler: Handler
  readonly handle: unknown
}

/** Keeps count across batches, so that short ones change something, too. */
function between(swap: () => void, publish: Loop): Loop {
  let sinceSwap = 0
  return (count) => {
    for (let left = count; left > 0;) {
      const now = Math.min(left, BETWEEN - sinceSwap)
      void publish(now)
      left -= now
      sinceSwap = (sinceSwap + now) % BETWEEN
      if (sinceSwap === 0) swap()
    }
  }
}

export const churn: Table = {
  async run(effort) {
    const both: readonly Mix[] = ['sparse', 'dense']
    const series = await measure(
      both.flatMap((mix) => contenders.map((contender) => entry(contender, mix))),
      effort,
    )
    return {
      title: 'Publish while 1 % of 10,000 wildcard subscriptions change',
      columns: ['contender', 'ns', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: both.map((mix) => {
        const [ours, theirs] = [heliobus, qlobber].map((one) => find(series, { name: label(one, mix) }))
        return atMost(1, `1 % churn at 10,000 patterns, ${mix}, to qlobber`, ratio(ours!, theirs!))
      }),
      note: 'One subscription goes and one comes every 100 publishes. Sparse: 0.64 handler calls a publish. Dense: about 15.',
    }
  },
}
