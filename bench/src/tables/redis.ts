import { find, ratio, type Series } from '../figures.ts'
import type { Effort } from '../measure.ts'
import { latency, race, type Way } from '../network/race.ts'
import type { CarrierName } from '../network/receiver.ts'
import { latencyRows, medianOf, raceRows } from '../network/rows.ts'
import { atLeast, atMost, type Table } from '../table.ts'

const BATCH = 50

const raw: Way = { name: 'node-redis, a message an event', carrier: 'node-redis', batch: 1 }
const single: Way = { name: 'heliobus, one event a task', carrier: 'heliobus over Redis', batch: 1 }
const batched: Way = {
  name: `heliobus, ${BATCH} events a task`,
  carrier: 'heliobus over Redis',
  batch: BATCH,
}

const names: readonly CarrierName[] = ['node-redis', 'heliobus over Redis']

/** Events a second, to those of node-redis alone. */
function rate(series: readonly Series[], way: Way): Series {
  return ratio(find(series, raw), find(series, way))
}

export const redis: Table = {
  async run({ quick }: Effort) {
    const one = await race([raw, single, batched], 1, 4_000, quick ? 10 : 40)
    const waits = await latency(names, quick ? 4 : 12)
    return {
      title: 'Redis pub/sub, and node-redis alone',
      columns: ['from one process to another', 'µs a delivery', 'p10–p90', 'thousand/s'],
      rows: [...raceRows('to 1 subscriber', one), ...latencyRows(waits)],
      bars: [
        atLeast(0.8, 'one event a task, events a second to node-redis alone', rate(one, single)),
        atLeast(0.8, `${BATCH} events a task`, rate(one, batched)),
        atMost(
          0.5,
          'half of the events at 1,000/s are later than with node-redis alone by',
          medianOf(waits, 'heliobus over Redis') - medianOf(waits, 'node-redis'),
          'ms',
        ),
      ],
      note:
        'The subscriber is in another thread: a bus with a handler, against a listener that parses the message. The commands of ' +
        'node-redis go out pipelined; what is published while Redis has not answered goes as one message. A link of heliobus also hears its own messages, as anybody in the namespace does.',
    }
  },
}
