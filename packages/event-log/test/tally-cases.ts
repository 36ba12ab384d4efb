import { type BusEvent, createBus } from '@heliobus/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SqlLog } from '../src/sqlite.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2001, 1, 3, 12)
const bus = createBus({ history: { capacity: 0 } })
const of = (type: string, ...times: readonly number[]): BusEvent[] =>
  times.map((time) => ({ ...bus.publish(type, {}), time }))

/** What a database counts, whichever it is. */
export function tallies(open: () => Promise<SqlLog>): void {
  let log: SqlLog
  beforeEach(async () => {
    log = await open()
    await log.append([
      ...of('order.paid', NOON, NOON + 1, NOON + MINUTE - 1, NOON + MINUTE, NOON + 3 * MINUTE),
      ...of('order.lost', NOON + 10 * 1_000),
      ...of('user.created', NOON + MINUTE),
    ])
  })
  afterEach(() => log.close())

  it('every type is counted, and how fast its events came', async () => {
    expect(await log.tally()).toEqual([
      { type: 'order.lost', start: NOON + 10_000, end: NOON + 10_000, count: 1, rate: 0 },
      { type: 'order.paid', start: NOON, end: NOON + 3 * MINUTE, count: 5, rate: 5 / 180 },
      { type: 'user.created', start: NOON + MINUTE, end: NOON + MINUTE, count: 1, rate: 0 },
    ])
    const span = { from: NOON, to: NOON + MINUTE }
    expect(await log.tally({ pattern: 'order.*', ...span })).toEqual([
      { type: 'order.lost', start: span.from, end: span.to, count: 1, rate: 1 / 60 },
      { type: 'order.paid', start: span.from, end: span.to, count: 3, rate: 3 / 60 },
    ])
  })

  it('in each stretch of time', async () => {
    const counts = async (query: Parameters<SqlLog['tally']>[0]): Promise<unknown[]> =>
      (await log.tally(query)).map(({ type, start, end, count }) => [
        type,
        (start - NOON) / 1_000,
        end - start,
        count,
      ])
    expect(await counts({ every: MINUTE, pattern: 'order.**' })).toEqual([
      ['order.lost', 0, MINUTE, 1],
      ['order.paid', 0, MINUTE, 3],
      ['order.paid', 60, MINUTE, 1],
      ['order.paid', 180, MINUTE, 1],
    ])
    expect(await counts({ every: 2 * MINUTE, from: NOON + 2, pattern: 'order.paid' })).toEqual([
      ['order.paid', 0, 2 * MINUTE, 2],
      ['order.paid', 120, 2 * MINUTE, 1],
    ])
    expect(await log.tally({ every: 1_000, from: NOON + 30_000, to: NOON + 59_000 })).toEqual([])
  })

  it('before 1970, too', async () => {
    await log.append(of('old', -1, -1_000, -1_001))
    const found = await log.tally({ to: 0, every: 1_000 })
    expect(found.map(({ start, count, rate }) => [start, count, rate])).toEqual([
      [-2_000, 1, 1],
      [-1_000, 2, 2],
    ])
  })

  it('nothing is counted where there is nothing', async () => {
    expect(await log.tally({ pattern: 'nobody.knows' })).toEqual([])
    expect(await log.tally({ from: Number.NEGATIVE_INFINITY, to: 0 })).toEqual([])
  })

  it('what makes no sense, or would be too much, is refused', async () => {
    for (const every of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(log.tally({ every })).rejects.toMatchObject({
        code: 'option-invalid',
        details: { option: 'every' },
      })
    await expect(log.tally({ pattern: 'a..b' })).rejects.toMatchObject({ code: 'pattern-invalid' })
    await log.append(of('many', ...Array.from({ length: 10_001 }, (_, n) => n)))
    await expect(log.tally({ every: 1 })).rejects.toMatchObject({
      code: 'option-invalid',
      details: { reason: 'gives more than 10000 tallies; choose a longer one, or a shorter time' },
    })
    expect(await log.tally({ every: 1, from: 10_000 })).toHaveLength(8)
  })

  it('a closed log counts nothing', async () => {
    await log.close()
    await expect(log.tally()).rejects.toMatchObject({ code: 'log-closed' })
  })
}
