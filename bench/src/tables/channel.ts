import { withPages } from '../channel/chromium.ts'
import type { Send } from '../channel/peer.ts'
import { withThreads } from '../channel/threads.ts'
import { brief, find, median, ratio, type Series, spread } from '../figures.ts'
import { type Effort, shuffled } from '../measure.ts'
import { atLeast, type Bar, shortOf, type Table } from '../table.ts'

const BATCH = 50

const ways = [
  { name: 'postMessage', carrier: 'raw', batch: 1 },
  { name: `postMessage, arrays of ${BATCH}`, carrier: 'raw arrays', batch: BATCH },
  { name: 'heliobus, one event a task', carrier: 'heliobus', batch: 1 },
  { name: `heliobus, ${BATCH} events a task`, carrier: 'heliobus', batch: BATCH },
] as const

const [raw, , single, batched] = ways

/** Microseconds an event, from the first sent to the last received. */
function race(count: number, { quick }: Effort): (send: Send) => Promise<Series[]> {
  return async (send) => {
    const values = new Map(ways.map((way) => [way, [] as number[]]))
    for (let round = -4; round < (quick ? 14 : 60); round++) {
      for (const way of shuffled(ways)) {
        const ms = await send(way.carrier, count, way.batch)
        if (round >= 0) values.get(way)!.push(ms * 1_000)
      }
    }
    return [...values].map(([{ name }, own]) => ({ name, values: own }))
  }
}

function rows(where: string, series: readonly Series[] = []): string[][] {
  return series.map(({ name, values }) => [
    `${where}: ${name}`,
    brief(median(values)),
    spread(values),
    brief(1_000 / median(values)),
  ])
}

function bars(series: readonly Series[]): Bar[] {
  const alone = find(series, raw)
  return [
    shortOf(
      0.8,
      atLeast(
        0.4,
        'BroadcastChannel in Chromium, events a second to raw messages',
        ratio(alone, find(series, single)),
      ),
    ),
    shortOf(3, atLeast(1.8, `the same, ${BATCH} events a task`, ratio(alone, find(series, batched)))),
  ]
}

export const channel: Table = {
  async run(effort) {
    const threads = await withThreads(race(5_000, effort))
    const pages = await withPages(race(2_000, effort))
    return {
      title: 'BroadcastChannel: the bridge, and postMessage alone',
      columns: ['between', 'µs an event', 'p10–p90', 'thousand/s'],
      rows: [...rows('threads of Node', threads), ...rows('pages in Chromium', pages)],
      bars: pages === undefined ? [] : bars(pages),
      note:
        pages === undefined
          ? 'No Chromium was found, so the bars could not be measured.'
          : 'What postMessage carries alone is a small envelope with the same data.',
    }
  },
}
