import { createBus, type Policy } from '@heliobus/core'
import { payload } from '../exact-entry.ts'
import { brief, find, median, ratio, type Series, spread } from '../figures.ts'
import { distinctHandler, sink } from '../handler.ts'
import { atMost, type Table } from '../table.ts'

const TOPIC = 'user.created'
const sizes = [10_000, 100_000, 1_000_000]
const queue = { limit: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY }

/** How events wait. */
const lines: Readonly<Record<string, { readonly policy: Policy; readonly keys: number }>> = {
  'one lane': { policy: { order: 'serial', queue }, keys: 1 },
  'a lane for each of 100 keys': { policy: { order: 'key', queue }, keys: 100 },
}

const nameOf = (line: string, size: number): string => `${line}, ${brief(size)}`

/** ns an event, from the first publish until the handler has had the last: all but one of each lane wait. */
async function drained(line: string, size: number): Promise<number> {
  const { policy, keys } = lines[line]!
  const bus = createBus({ history: { capacity: 0 } })
  bus.subscribe(TOPIC, distinctHandler('async'), policy)
  const subjects = Array.from({ length: keys }, (_, key) => ({ subject: `user-${key}` }))
  sink.count = 0
  globalThis.gc?.()
  const start = process.hrtime.bigint()
  for (let n = 0; n < size; n++) bus.publish(TOPIC, payload, subjects[n % keys])
  await bus.drain()
  const ns = Number(process.hrtime.bigint() - start) / size
  if (sink.count !== size) throw new Error(`${nameOf(line, size)}: ${sink.count} handler calls`)
  return ns
}

/** One event after the other: what waits longest shows whether waiting costs more the more there are. */
export const drain: Table = {
  async run({ quick }) {
    const series: Series[] = []
    for (const line of Object.keys(lines)) {
      await drained(line, sizes[0]!) // warm
      const values = new Map(sizes.map((size) => [size, [] as number[]]))
      for (let round = 0; round < (quick ? 3 : 9); round++)
        for (const size of sizes) values.get(size)!.push(await drained(line, size))
      for (const [size, own] of values) series.push({ name: nameOf(line, size), values: own })
    }
    const cost = (line: string, size: number): Series => find(series, { name: nameOf(line, size) })
    return {
      title: 'Events that wait for an asynchronous handler',
      columns: ['waiting', 'ns an event', 'p10–p90'],
      rows: series.map(({ name, values }) => [name, brief(median(values)), spread(values)]),
      bars: Object.keys(lines).map((line) =>
        atMost(
          1.5,
          `${line}: 1,000,000 events to 10,000, each`,
          ratio(cost(line, 1_000_000), cost(line, 10_000)),
        ),
      ),
    }
  },
}
