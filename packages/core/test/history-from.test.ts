import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  type BusEvent,
  createBus,
  createMemoryLog,
  defineCatalog,
  defineEvent,
  type EventLog,
  historyFrom,
  record,
} from '../src/index.ts'
import { tappedBus } from './tapped-bus.ts'

/** A bus that remembers 3 events, and is recorded. */
function scene() {
  const tapped = tappedBus({ history: { capacity: 3 } })
  const log = createMemoryLog()
  record(tapped.bus, log, { retention: false })
  const publish = (...data: unknown[]): BusEvent[] => data.map((one) => tapped.bus.publish('a', one))
  const dataOf = (events: readonly BusEvent[]): unknown[] => events.map(({ data }) => data)
  return { ...tapped, log, publish, dataOf }
}

describe('the history from a log', () => {
  it('goes on where the bus has forgotten, newest first', async () => {
    const { bus, log, publish } = scene()
    const events = publish(1, 2, 3, 4, 5)
    expect(bus.history()).toEqual(events.slice(2).toReversed())
    expect(await historyFrom(bus, log)).toEqual(events.toReversed())
  })

  it('is of the pattern, of before a time, and no longer than wanted', async () => {
    const { bus, log, publish, dataOf, clock } = scene()
    publish(1, 2)
    bus.publish('b', 'x')
    clock.advance(1_000)
    publish(3, 4, 5, 6)
    expect(dataOf(await historyFrom(bus, log, 'a'))).toEqual([6, 5, 4, 3, 2, 1])
    expect(dataOf(await historyFrom(bus, log, { type: 'a' }, { before: clock.now() }))).toEqual([2, 1])
    expect(dataOf(await historyFrom(bus, log, 'a', { limit: 2 }))).toEqual([6, 5])
    expect(dataOf(await historyFrom(bus, log, 'a', { limit: 5 }))).toEqual([6, 5, 4, 3, 2])
  })

  it('is that of the moment: what is published meanwhile is not in it', async () => {
    const { bus, log, publish, dataOf } = scene()
    publish(1, 2, 3, 4)
    const asking = historyFrom(bus, log)
    publish(5, 6, 7, 8, 9)
    expect(dataOf(await asking)).toEqual([4, 3, 2, 1])
    expect(bus.subscriptions()).toHaveLength(1)
  })

  it('shows what the bus remembers as it was published, and what the log has as that masks it', async () => {
    const { bus, log, publish, dataOf } = scene()
    publish({ password: 'x' }, 2, 3, { password: 'y' })
    expect(dataOf(await historyFrom(bus, log))).toEqual([{ password: 'y' }, 3, 2, { password: '(masked)' }])
  })

  it('is upgraded; what does not fit today is left out, and told', async () => {
    const log = createMemoryLog()
    const old = createBus()
    await log.append([old.publish('user.created', 'Ada'), old.publish('user.created', 7)])
    const user = defineEvent('user.created', {
      version: 2,
      data: z.object({ name: z.string() }),
      upcast: { 1: (name) => ({ name }) },
    })
    const { bus, told } = tappedBus({ catalog: defineCatalog(user) })
    expect(await historyFrom(bus, log)).toMatchObject([{ data: { name: 'Ada' }, version: 2 }])
    expect(told('refused')).toMatchObject([{ error: { code: 'payload-invalid' }, link: 'history' }])
  })

  it('fails with the log, and leaves nothing behind', async () => {
    const { bus, log, publish } = scene()
    publish(1)
    const failing: EventLog = {
      append: async () => undefined,
      count: async () => 0,
      prune: async () => 0,
      close: async () => undefined,
      async *read(query) {
        yield* log.read(query)
        throw new Error('no disk')
      },
    }
    await expect(historyFrom(bus, failing)).rejects.toThrow('no disk')
    await expect(historyFrom(bus, log, 'a..b')).rejects.toMatchObject({ code: 'pattern-invalid' })
    await expect(historyFrom(bus, log, 'a', { limit: -1 })).rejects.toThrow('limit must be')
    expect(bus.subscriptions()).toHaveLength(1)
  })
})
