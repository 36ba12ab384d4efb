import { type AnyBus, createBus, createMemoryLog, type MemoryLog, record, replay } from '@heliobus/core'
import type { Contender } from '../contender.ts'
import { exactEntry, payload } from '../exact-entry.ts'
import { brief, difference, find, median, ratio, type Series, spread } from '../figures.ts'
import { sink } from '../handler.ts'
import { BATCH, SqliteStores } from '../log/sqlite-store.ts'
import { type Effort, measure } from '../measure.ts'
import { atLeast, atMost, type Table } from '../table.ts'

const append = { name: 'SQLite: append' }
const insert = { name: 'SQLite: prepared inserts alone' }
const again = { name: 'replay from a memory log' }

/** Nanoseconds an event, of batches in turn. */
async function sqlite(rounds: number): Promise<Series[]> {
  const stores = new SqliteStores()
  await stores.open()
  try {
    const values = { append: [] as number[], insert: [] as number[] }
    for (let round = -10; round < rounds; round++) {
      const isFirst = round % 2 === 0
      const early = isFirst ? await stores.append() : undefined
      const inserted = stores.insert()
      const appended = early ?? (await stores.append())
      if (round < 0) continue
      values.append.push(appended)
      values.insert.push(inserted)
    }
    return [
      { ...append, values: values.append },
      { ...insert, values: values.insert },
    ]
  } finally {
    await stores.close()
  }
}

const STORED = 20_000

async function filled(): Promise<MemoryLog> {
  const log = createMemoryLog({ capacity: STORED })
  const bus = createBus({ history: { capacity: 0 } })
  await log.append(Array.from({ length: STORED }, (_, n) => bus.publish(`user.${n % 8}`, payload)))
  return log
}

/** Nanoseconds an event, to one handler. */
async function replaying(rounds: number): Promise<Series> {
  const log = await filled()
  const bus = createBus()
  bus.subscribe('user.*', ({ data }) => {
    sink.last = data
  })
  const values: number[] = []
  for (let round = -3; round < rounds; round++) {
    const start = process.hrtime.bigint()
    const { replayed } = await replay(log, bus).done
    if (replayed !== STORED) throw new Error(`${replayed} events replayed, not ${STORED}`)
    if (round >= 0) values.push(Number(process.hrtime.bigint() - start) / STORED)
  }
  return { ...again, values }
}

function publishing(name: string, use: (bus: AnyBus) => void): Contender {
  return {
    name,
    make() {
      const bus = createBus()
      use(bus)
      return {
        subscribe: (pattern, handler) => bus.subscribe(pattern, handler),
        unsubscribe: () => undefined,
        publish: (topic, data) => bus.publish(topic, data),
      }
    },
  }
}

const plain = publishing('publish', () => undefined)
const recorded = publishing('publish, recorded', (bus) => {
  record(bus, createMemoryLog(), { retention: false })
})

export const log: Table = {
  async run({ quick, ...effort }: Effort) {
    const publishes = await measure([exactEntry(plain, 1), exactEntry(recorded, 1)], { quick, ...effort })
    const stores = await sqlite(quick ? 60 : 300)
    const past = await replaying(quick ? 10 : 30)
    const extra = difference(find(publishes, recorded), find(publishes, plain))
    const rate = { ...past, values: past.values.map((ns) => 1e9 / ns) }
    return {
      title: 'Event logs',
      columns: ['what', 'ns an event', 'p10–p90', 'events/s'],
      rows: [...stores, past, ...publishes].map(({ name, values }) => [
        name,
        brief(median(values)),
        spread(values),
        brief(1e9 / median(values)),
      ]),
      bars: [
        atLeast(
          0.5,
          'SQLite: append, to prepared inserts',
          ratio(find(stores, insert), find(stores, append)),
        ),
        atLeast(200_000, 'replay from a memory log', rate, 'events/s'),
        atMost(1_000, 'recording adds to a publish', extra, 'ns'),
      ],
      note: `Appends are of ${BATCH} events each, in one transaction, and make the rows; the inserts are given rows. What a recording does later, in batches, is not part of the publish.`,
    }
  },
}
