import { brief, find, median, quantile, ratio, type Series, spread } from '../figures.ts'
import { type Effort, shuffled } from '../measure.ts'
import { atLeast, atMost, type Table } from '../table.ts'
import type { CarrierName } from '../network/receiver.ts'
import { Line } from '../network/run.ts'

const BATCH = 50

const ways = [
  { name: 'ws, a message an event', carrier: 'ws', batch: 1 },
  { name: 'heliobus, one event a task', carrier: 'heliobus', batch: 1 },
  { name: `heliobus, ${BATCH} events a task`, carrier: 'heliobus', batch: BATCH },
  { name: 'socket.io', carrier: 'socket.io', batch: 1 },
] as const

const [raw, single, batched] = ways

const names: readonly CarrierName[] = ['ws', 'heliobus', 'socket.io']

async function withLines<T>(
  clients: number,
  use: (lines: ReadonlyMap<CarrierName, Line>) => Promise<T>,
): Promise<T> {
  const lines = new Map<CarrierName, Line>()
  try {
    for (const name of names) lines.set(name, await Line.open(name, clients))
    return await use(lines)
  } finally {
    for (const line of lines.values()) await line.close()
  }
}

/** Microseconds a delivery. */
function race(clients: number, count: number, rounds: number): Promise<Series[]> {
  return withLines(clients, async (lines) => {
    const values = new Map(ways.map((way) => [way, [] as number[]]))
    for (let round = -3; round < rounds; round++) {
      for (const way of shuffled(ways)) {
        const us = await lines.get(way.carrier)!.send(count, way.batch)
        if (round >= 0) values.get(way)!.push(us)
      }
    }
    return [...values].map(([{ name }, own]) => ({ name, values: own }))
  })
}

/** Milliseconds on the way, at a thousand events a second: the median of each round. */
function latency(rounds: number): Promise<Series[]> {
  return withLines(1, async (lines) => {
    const values = new Map(names.map((name) => [name, [] as number[]]))
    for (let round = -1; round < rounds; round++) {
      for (const name of shuffled(names)) {
        const latencies = await lines.get(name)!.pace(1_000, 500)
        if (round >= 0) values.get(name)!.push(quantile(latencies, 0.5))
      }
    }
    return [...values].map(([name, own]) => ({ name, values: own }))
  })
}

/** Events a second, to those of `ws` alone. */
function rate(series: readonly Series[], way: (typeof ways)[number]): Series {
  return ratio(find(series, raw), find(series, way))
}

function medianOf(series: readonly Series[], name: CarrierName): number {
  return median(find(series, { name }).values)
}

function rows(where: string, series: readonly Series[]): string[][] {
  return series.map(({ name, values }) => [
    `${where}: ${name}`,
    brief(median(values)),
    spread(values),
    brief(1_000 / median(values)),
  ])
}

export const websocket: Table = {
  async run({ quick }: Effort) {
    const one = await race(1, 4_000, quick ? 10 : 40)
    const many = await race(100, 200, quick ? 10 : 40)
    const waits = await latency(quick ? 4 : 12)
    return {
      title: 'WebSocket: a hub, and ws alone',
      columns: ['from a server', 'µs a delivery', 'p10–p90', 'thousand/s'],
      rows: [
        ...rows('to 1 client', one),
        ...rows('to 100 clients', many),
        ...waits.map(({ name, values }) => [
          `at 1,000/s, ms on the way: ${name}`,
          brief(median(values)),
          spread(values),
          '',
        ]),
      ],
      bars: [
        atLeast(0.85, 'one event a frame, to one client, events a second to ws alone', rate(one, single)),
        atLeast(0.85, 'the same, to 100 clients', rate(many, single)),
        atLeast(3, `${BATCH} events a task, to one client`, rate(one, batched)),
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
