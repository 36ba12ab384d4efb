import { find, ratio, type Series } from '../figures.ts'
import type { Effort } from '../measure.ts'
import { latency, race } from '../network/race.ts'
import type { CarrierName } from '../network/receiver.ts'
import { latencyRows, medianOf, raceRows } from '../network/rows.ts'
import { atLeast, atMost, shortOf, type Table } from '../table.ts'

const BATCH = 50

const ways = [
  { name: 'ws, a message an event', carrier: 'ws', batch: 1 },
  { name: 'heliobus, one event a task', carrier: 'heliobus', batch: 1 },
  { name: `heliobus, ${BATCH} events a task`, carrier: 'heliobus', batch: BATCH },
  { name: 'socket.io', carrier: 'socket.io', batch: 1 },
] as const

const [raw, single, batched] = ways

const names: readonly CarrierName[] = ['ws', 'heliobus', 'socket.io']

/** Events a second, to those of `ws` alone. */
function rate(series: readonly Series[], way: (typeof ways)[number]): Series {
  return ratio(find(series, raw), find(series, way))
}

export const websocket: Table = {
  async run({ quick }: Effort) {
    const one = await race(ways, 1, 4_000, quick ? 10 : 40)
    const many = await race(ways, 100, 200, quick ? 10 : 40)
    const waits = await latency(names, quick ? 4 : 12)
    return {
      title: 'WebSocket: a hub, and ws alone',
      columns: ['from a server', 'µs a delivery', 'p10–p90', 'thousand/s'],
      rows: [...raceRows('to 1 client', one), ...raceRows('to 100 clients', many), ...latencyRows(waits)],
      bars: [
        shortOf(
          0.85,
          atLeast(0.7, 'one event a frame, to one client, events a second to ws alone', rate(one, single)),
        ),
        atLeast(0.85, 'the same, to 100 clients', rate(many, single)),
        shortOf(3, atLeast(0.8, `${BATCH} events a task, to one client`, rate(one, batched))),
        atLeast(3, 'the same, to 100 clients', rate(many, batched)),
        atMost(
          0.1,
          'half of the events at 1,000/s are later than with ws alone by',
          medianOf(waits, 'heliobus') - medianOf(waits, 'ws'),
          'ms',
        ),
      ],
      note:
        'The clients are in another thread. One client is a bus with a handler, against one that parses the message. ' +
        'A hundred clients count what they parse, of the hub as of ws: there the hub is measured, not a hundred buses.',
    }
  },
}
