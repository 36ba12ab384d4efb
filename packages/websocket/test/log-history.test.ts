import { createBus, createMemoryLog, type EventLog } from '@heliobus/core'
import { describe, expect, test } from 'vitest'
import { type Draft, openLogHistory } from '../src/hub/index.ts'

const draft = (n: number): Draft => ({
  topic: 'a',
  text: JSON.stringify({ n }),
  from: 'someone',
  sequence: n,
})

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** Fails when it is told to, after it has stored everything or before. */
function faulty(log: EventLog): EventLog & { fails: 'before' | 'after' | undefined } {
  return {
    fails: undefined,
    read: (query) => log.read(query),
    count: (query) => log.count(query),
    prune: (before, keep) => log.prune(before, keep),
    close: () => log.close(),
    async append(events) {
      if (this.fails === 'before') throw new Error('the disk is away')
      await log.append(events)
      if (this.fails === 'after') throw new Error('the disk does not answer')
    },
  }
}

describe('a history in a log', () => {
  test('is what it was, with its epoch, when it is opened again', async () => {
    const log = createMemoryLog()
    const before = await openLogHistory(log)
    await Promise.all([before.append([draft(1), draft(2)]), before.append([draft(3)])])
    const after = await openLogHistory(log)
    expect([after.epoch, after.first, after.last]).toEqual([before.epoch, 1, 3])
    expect(range(1, 3).map((position) => after.at(position))).toEqual(
      range(1, 3).map((position) => expect.objectContaining({ ...draft(position), position })),
    )
  })

  test('is a new one when there is nothing in the log', async () => {
    const [one, other] = [await openLogHistory(createMemoryLog()), await openLogHistory(createMemoryLog())]
    expect([one.first, one.last]).toEqual([1, 0])
    expect(one.epoch).not.toBe(other.epoch)
  })

  test('shows nothing before it is stored, and writes together what comes meanwhile', async () => {
    const log = createMemoryLog()
    const history = await openLogHistory(log)
    const appending = range(1, 5).map(async (n) => history.append([draft(n)]))
    expect(history.last).toBe(0)
    await Promise.all(appending)
    expect(range(1, 5).map((position) => history.at(position)?.sequence)).toEqual(range(1, 5))
  })

  test.each(['before', 'after'] as const)(
    'when the log fails %s it has stored, what follows takes its place',
    async (fails) => {
      const log = faulty(createMemoryLog())
      const history = await openLogHistory(log)
      await history.append([draft(1)])
      log.fails = fails
      await expect(history.append([draft(2)])).rejects.toThrow('the disk')
      log.fails = undefined
      await history.append([draft(3)])
      expect(history.last).toBe(2)
      const after = await openLogHistory(log)
      expect(range(1, 2).map((position) => after.at(position)?.sequence)).toEqual([1, 3])
    },
  )

  test('when the log fails, nothing that waited behind goes in', async () => {
    const log = faulty(createMemoryLog())
    const history = await openLogHistory(log)
    log.fails = 'before'
    const [first, second] = [history.append([draft(1)]), history.append([draft(2)])]
    await expect(first).rejects.toThrow('the disk')
    log.fails = undefined
    await expect(second).rejects.toThrow('the disk')
    await history.append([draft(1), draft(2)])
    expect(range(1, history.last).map((position) => history.at(position)?.sequence)).toEqual([1, 2])
  })

  test('keeps the newest, in memory and in the log, and goes on with its positions', async () => {
    const log = createMemoryLog()
    const history = await openLogHistory(log, { events: 10 })
    for (const n of range(1, 100)) await history.append([draft(n)])
    expect(await log.count()).toBeLessThanOrEqual(15)
    const after = await openLogHistory(log, { events: 10 })
    expect([after.first, after.last]).toEqual([91, 100])
    await after.append([draft(101)])
    expect(after.at(101)?.sequence).toBe(101)
  })

  test('is not disturbed by what could not be removed, and removes it later', async () => {
    const log = faulty(createMemoryLog())
    const history = await openLogHistory(log, { events: 10 })
    const { prune } = log
    log.prune = () => Promise.reject(new Error('the disk is busy'))
    for (const n of range(1, 30)) await history.append([draft(n)])
    expect([history.last, await log.count()]).toEqual([30, 30])
    log.prune = prune
    await history.append([draft(31)])
    expect(await log.count()).toBe(10)
  })

  test('does not take a log for its own that holds other events', async () => {
    const log = createMemoryLog()
    const event = createBus().publish('order.paid', 1)
    await log.append([event])
    await expect(openLogHistory(log)).rejects.toMatchObject({ code: 'log-corrupt' })
    await log.prune(0, 0)
    await log.append([{ ...event, id: 'other', type: 'websocket.entry', data: { topic: 1 } }])
    await expect(openLogHistory(log)).rejects.toMatchObject({ code: 'log-corrupt' })
  })
})
