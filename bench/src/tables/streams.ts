import { brief, combine, find, median, ratio, type Series, spread } from '../figures.ts'
import type { Effort } from '../measure.ts'
import { contest, paced } from '../network/streams/contest.ts'
import { type Side, sides } from '../network/streams/side.ts'
import { atLeast, atMost, shortOf, type Table } from '../table.ts'

function of(series: readonly Series[], name: Side): Series {
  return find(series, { name })
}

function rows(what: string, series: readonly Series[]): string[][] {
  return sides.map((side) => {
    const { values } = of(series, side)
    return [`${what}: ${side}`, brief(median(values)), spread(values), brief(1_000 / median(values))]
  })
}

function latencyRows(series: readonly Series[]): string[][] {
  return series.map(({ name, values }) => [
    `at 1,000/s, ms on the way: ${name}`,
    brief(median(values)),
    spread(values),
    '',
  ])
}

export const streams: Table = {
  async run({ quick }: Effort) {
    const counts = { 'node-redis': 16_000, heliobus: 16_000, BullMQ: 1_600 }
    const { publish, consume } = await contest(counts, quick ? 10 : 40)
    const waits = await paced(['node-redis', 'heliobus'], quick ? 4 : 12)
    const both = (side: Side): Series => combine(of(publish, side), of(consume, side), (a, b) => a + b)
    return {
      title: 'Redis Streams, node-redis alone, and BullMQ',
      columns: ['from one process to another', 'µs an event', 'p10–p90', 'thousand/s'],
      rows: [...rows('publish', publish), ...rows('consume, acknowledge', consume), ...latencyRows(waits)],
      bars: [
        shortOf(
          0.6,
          atLeast(
            0.4,
            'publish, events a second to a pipelined XADD',
            ratio(of(publish, 'node-redis'), of(publish, 'heliobus')),
          ),
        ),
        shortOf(
          0.5,
          atLeast(
            0.2,
            'consume and acknowledge, events a second to XREADGROUP and XACK',
            ratio(of(consume, 'node-redis'), of(consume, 'heliobus')),
          ),
        ),
        shortOf(
          5,
          atLeast(
            2.5,
            'publish and consume, events a second to BullMQ',
            ratio(both('BullMQ'), both('heliobus')),
          ),
        ),
        shortOf(
          0.1,
          atMost(
            0.8,
            'half of the events at 1,000/s are later than with node-redis alone by',
            median(of(waits, 'heliobus').values) - median(of(waits, 'node-redis').values),
            'ms',
          ),
        ),
      ],
      note:
        'Who publishes, who consumes and Redis are a process each; nobody consumes while somebody publishes, but for the latency. ' +
        'node-redis: a pipelined XADD for each event, of a text as long, over 16 streams; one XREADGROUP for all of them with COUNT 500, ' +
        'JSON.parse, and an XACK for each stream that it brought something of. Its timeouts are off. BullMQ: addBulk with 100 jobs, a worker with concurrency 100; it keeps no ' +
        'order of keys. heliobus: 1,000 keys in 16 shards.',
    }
  },
}
