import { type AnyBus, createBus, createMemoryLog, type MemoryLog, record, replay } from '@heliobus/core'
import type { Contender } from '../contender.ts'
import { exactEntry, payload } from '../exact-entry.ts'
import { brief, difference, find, median, ratio, scaled, type Series, spread } from '../figures.ts'
import { sink } from '../handler.ts'
import { postgresStores } from '../log/postgres-store.ts'
import { sqliteStores } from '../log/sqlite-store.ts'
import { BATCH } from '../log/stores.ts'
import { type Effort, measure } from '../measure.ts'
import { atLeast, atMost, type Bar, type Table } from '../table.ts'

const kinds = [
  { what: 'SQLite', open: sqliteStores, raw: 'prepared inserts' },
  { what: 'PostgreSQL', open: postgresStores, raw: 'an insert of many rows' },
] as const

type Kind = (typeof kinds)[number]

const append = ({ what }: Kind) => ({ name: `${what}: append` })
const insert = ({ what, raw }: Kind) => ({ name: `${what}: ${raw} alone` })
const again = { name: 'replay from a memory log' }
const parse = { name: 'JSON.parse of the data alone' }
/** What that took where the bar of replay was set, in ns. */
const PARSE = 400

/** Nanoseconds an event, of batches in turn. */
async function storing(kind: Kind, rounds: number): Promise<Series[]> {
  const stores = await kind.open()
  const [appends, inserts]: [number[], number[]] = [[], []]
  try {
    for (let round = -10; round < rounds; round++) {
      const early = round % 2 === 0 ? await stores.append() : undefined
      const inserted = await stores.insert()
      const appended = early ?? (await stores.append())
      if (round < 0) continue
      appends.push(appended)
      inserts.push(inserted)
    }
  } finally {
    await stores.close()
  }
  return [
    { ...append(kind), values: appends },
    { ...insert(kind), values: inserts },
  ]
}

function storedBar(kind: Kind, series: readonly Series[]): Bar {
  const share = ratio(find(series, insert(kind)), find(series, append(kind)))
  return atLeast(0.5, `${kind.what}: append, to ${kind.raw}`, share)
}

const STORED = 20_000

async function filled(): Promise<MemoryLog> {
  const log = createMemoryLog({ capacity: STORED })
  const bus = createBus({ history: { capacity: 0 } })
  await log.append(Array.from({ length: STORED }, (_, n) => bus.publish(`user.${n % 8}`, payload)))
  return log
}

/** Nanoseconds an event, to one handler; and beside it what the machine takes for the data alone. */
async function replaying(rounds: number): Promise<Series[]> {
  const log = await filled()
  const bus = createBus()
  bus.subscribe('user.*', ({ data }) => {
    sink.last = data
  })
  const values = { again: [] as number[], parse: [] as number[] }
  for (let round = -3; round < rounds; round++) {
    const parsed = parsing()
    const start = process.hrtime.bigint()
    const { replayed } = await replay(log, bus).done
    const ns = Number(process.hrtime.bigint() - start) / STORED
    if (replayed !== STORED) throw new Error(`${replayed} events replayed, not ${STORED}`)
    if (round < 0) continue
    values.again.push(ns)
    values.parse.push(parsed)
  }
  return [
    { ...again, values: values.again },
    { ...parse, values: values.parse },
  ]
}

function parsing(): number {
  const text = JSON.stringify(payload)
  const start = process.hrtime.bigint()
  for (let n = 0; n < STORED; n++) sink.last = JSON.parse(text)
  return Number(process.hrtime.bigint() - start) / STORED
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
    const stores: Series[] = []
    for (const kind of kinds) stores.push(...(await storing(kind, quick ? 60 : 300)))
    const past = await replaying(quick ? 10 : 30)
    const extra = difference(find(publishes, recorded), find(publishes, plain))
    return {
      title: 'Event logs',
      columns: ['what', 'ns an event', 'p10–p90', 'events/s'],
      rows: [...stores, ...past, ...publishes].map(({ name, values }) => [
        name,
        brief(median(values)),
        spread(values),
        brief(1e9 / median(values)),
      ]),
      bars: [
        ...kinds.map((kind) => storedBar(kind, stores)),
        atMost(
          scaled(5_000, PARSE, find(past, parse)),
          'replay from a memory log, an event (5,000 ns are 200,000 a second)',
          find(past, again),
          'ns',
        ),
        atMost(1_000, 'recording adds to a publish', extra, 'ns'),
      ],
      note: `Appends are of ${BATCH} events each, in one transaction, and make the rows; the inserts are given rows. The bar of replay rises on a machine that takes longer than ${PARSE} ns to parse the data. What a recording does later, in batches, is not part of the publish.`,
    }
  },
}
