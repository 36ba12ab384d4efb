import type { BusEvent, EventLog, LogQuery } from '@heliobus/core'
import { equal, refuses } from './check.ts'
import type { ContractCase } from './contract.ts'
import { type LogSubject, overStore } from './log-subject.ts'
import { dataOf, entriesOf, storedEvents } from './stored-event.ts'

const MOST = 100
const NOON = Date.UTC(2001, 1, 3, 12)

/** Five events that differ in all that can be asked for. */
const samples: readonly Partial<BusEvent>[] = [
  { type: 'user.created', subject: 'a', userId: 'ada', correlationId: 'one' },
  { type: 'user:created', subject: 'b', userId: null, correlationId: 'one' },
  { type: 'user.created.late', subject: 'a', userId: 'bob', correlationId: 'two' },
  { type: 'order.paid', subject: undefined, userId: 'ada', correlationId: 'two' },
  { type: '$alert.raised', subject: 'A', userId: 'Ada', correlationId: 'three' },
]

/** What each query lets through of them. */
const table: readonly (readonly [query: LogQuery, wanted: readonly number[]])[] = [
  [{}, [0, 1, 2, 3, 4]],
  [{ pattern: 'user.created' }, [0, 1]],
  [{ pattern: 'user:created' }, [0, 1]],
  [{ pattern: 'user.*' }, [0, 1]],
  [{ pattern: 'user.**' }, [0, 1, 2]],
  [{ pattern: '*.created.**' }, [0, 1, 2]],
  [{ pattern: '**' }, [0, 1, 2, 3]],
  [{ pattern: '$alert.*' }, [4]],
  [{ pattern: 'user.create_' }, []],
  [{ pattern: 'nobody.knows' }, []],
  [{ from: NOON + 2 }, [2, 3, 4]],
  [{ to: NOON + 2 }, [0, 1]],
  [{ from: NOON + 1, to: NOON + 3 }, [1, 2]],
  [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }, [0, 1, 2, 3, 4]],
  [{ subject: 'a' }, [0, 2]],
  [{ subject: '%' }, []],
  [{ userId: 'ada' }, [0, 3]],
  [{ userId: null }, [1]],
  [{ correlationId: 'two' }, [2, 3]],
  [{ limit: 2 }, [0, 1]],
  [{ limit: 0 }, []],
  [{ limit: Number.POSITIVE_INFINITY }, [0, 1, 2, 3, 4]],
  [{ direction: 'backward' }, [4, 3, 2, 1, 0]],
  [{ direction: 'backward', limit: 2 }, [4, 3]],
  [{ direction: 'forward', pattern: 'user.**', limit: 2 }, [0, 1]],
  [{ direction: 'backward', pattern: 'user.**', limit: 2 }, [2, 1]],
  [{ pattern: 'user.**', subject: 'a', userId: 'ada', correlationId: 'one', from: NOON, to: NOON + 1 }, [0]],
  [{ pattern: undefined, subject: undefined, userId: undefined, after: undefined }, [0, 1, 2, 3, 4]],
]

const invalid = [{ limit: -1 }, { limit: 1.5 }, { after: -1 }, { after: 0.5 }, { from: Number.NaN }] as const

/** What can be asked for. */
export const queryCases: readonly ContractCase<LogSubject>[] = [
  overStore('every query gives the entries that fit, and count says how many', async (log) => {
    await log.append(storedEvents(samples.length, (index) => ({ time: NOON + index, ...samples[index] })))
    for (const [query, wanted] of table) {
      const asked = JSON.stringify(query)
      equal(await dataOf(log, query), wanted, `read ${asked}`)
      equal(await log.count(query), wanted.length, `count ${asked}`)
    }
  }),
  overStore('page after page gives each entry once, in both directions', async (log) => {
    await log.append(storedEvents(25, (index) => ({ type: index % 3 === 0 ? 'third' : 'other' })))
    const all = Array.from({ length: 25 }, (_, index) => index)
    const thirds = all.filter((index) => index % 3 === 0)
    equal(await pages(log, { limit: 7 }), all, 'pages')
    equal(await pages(log, { limit: 7, direction: 'backward' }), all.toReversed(), 'pages backward')
    equal(await pages(log, { limit: 2, pattern: 'third' }), thirds, 'pages of a pattern')
  }),
  overStore('after the last entry there is nothing, until something comes', async (log) => {
    await log.append(storedEvents(3))
    const { position: after } = (await entriesOf(log)).at(-1)!
    equal(await entriesOf(log, { after }), [], 'after the last')
    await log.append(storedEvents(1))
    equal(await dataOf(log, { after }), [0], 'after the last, later')
    equal(await log.count({ after }), 1, 'count')
    equal(await log.count({ after: 0 }), 4, 'count from the beginning')
  }),
  overStore('a query that makes no sense is refused', async (log) => {
    for (const query of invalid)
      await refuses(() => entriesOf(log, query), 'option-invalid', `read ${JSON.stringify(query)}`)
    await refuses(() => log.count({ limit: -1 }), 'option-invalid', 'count')
    await refuses(() => entriesOf(log, { pattern: 'a..b' }), 'pattern-invalid', 'read')
    await refuses(() => log.count({ pattern: 'a.b*' }), 'pattern-invalid', 'count')
  }),
]

/** The data of page after page, until one is empty. */
async function pages(log: EventLog, query: LogQuery): Promise<unknown[]> {
  const found: unknown[] = []
  let after: number | undefined
  for (;;) {
    const page = await entriesOf(log, { ...query, after })
    if (page.length === 0) return found
    found.push(...page.map(({ event }) => event.data))
    if (found.length > MOST) throw new Error(`pages do not end: ${found.length} entries came, of 25`)
    after = page.at(-1)!.position
  }
}
