import { brief, find, median, ratio, type Series, spread } from '../figures.ts'
import { PostgresStores } from '../log/postgres-store.ts'
import { BATCH } from '../log/sqlite-store.ts'
import { atLeast, type Table } from '../table.ts'

const append = { name: 'PostgreSQL: append' }
const insert = { name: 'PostgreSQL: multi-row insert alone' }
const DISCARDED = 10

/** Nanoseconds an event, of batches in turn. */
async function measured(rounds: number): Promise<Series[]> {
  const stores = new PostgresStores()
  await stores.open()
  try {
    const values = { append: [] as number[], insert: [] as number[] }
    for (let round = -DISCARDED; round < rounds; round++) {
      const isFirst = round % 2 === 0
      const early = isFirst ? await stores.append() : undefined
      const inserted = await stores.insert()
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

export const logPostgres: Table = {
  async run({ quick }) {
    const series = await measured(quick ? 30 : 120)
    return {
      title: 'Event log in PostgreSQL',
      columns: ['what', 'ns an event', 'p10–p90', 'events/s'],
      rows: series.map(({ name, values }) => [
        name,
        brief(median(values)),
        spread(values),
        brief(1e9 / median(values)),
      ]),
      bars: [
        atLeast(
          0.5,
          'PostgreSQL: append, to a multi-row insert',
          ratio(find(series, insert), find(series, append)),
        ),
      ],
      note: `A cluster of its own, without fsync. Appends are of ${BATCH} events each and make the rows; the inserts are given rows.`,
    }
  },
}
