import { isBusError, type LogEntry } from '@heliobus/core'
import { equal, refuses } from './check.ts'
import type { ContractCase } from './contract.ts'
import { type LogSubject, overStore } from './log-subject.ts'
import { dataOf, entriesOf, storedEvents } from './stored-event.ts'

const timed = (index: number) => ({ time: 1_000 + index })

/** What goes after a while, and how a reader hears of it. */
export const retentionCases: readonly ContractCase<LogSubject>[] = [
  overStore('what is older than a time goes, and the rest stays', async (log) => {
    await log.append(storedEvents(10, timed))
    equal(await log.prune(1_004), 4, 'how many went')
    equal(await dataOf(log), [4, 5, 6, 7, 8, 9], 'what stays')
    equal(await log.prune(1_004), 0, 'how many went the second time')
    equal(await log.count(), 6, 'count')
  }),
  overStore('a late event goes by its time, not by its position', async (log) => {
    await log.append(storedEvents(4, (index) => ({ time: [5, 1, 6, 2][index]! })))
    equal(await log.prune(5), 2, 'how many went')
    equal(await dataOf(log), [0, 2], 'what stays')
  }),
  overStore('the oldest go when there are too many', async (log) => {
    await log.append(storedEvents(10, timed))
    equal(await log.prune(0, 7), 3, 'how many went')
    equal(await dataOf(log), [3, 4, 5, 6, 7, 8, 9], 'what stays')
    equal(await log.prune(1_005, 4), 3, 'how many went, by time and number')
    equal(await dataOf(log), [6, 7, 8, 9], 'what stays then')
    equal(await log.prune(0, 4), 0, 'how many went when there were few enough')
    equal(await log.prune(0, 0), 4, 'how many went when none may stay')
    equal(await log.count(), 0, 'count')
  }),
  overStore('who reads after a position that is not there any more is told of the gap', async (log) => {
    await log.append(storedEvents(10, timed))
    const positions = (await entriesOf(log)).map(({ position }) => position)
    const [, second, , , fifth, , seventh] = positions
    await log.prune(1_005)
    const error = await refuses(() => entriesOf(log, { after: second }), 'log-gap', 'read after what went')
    equal(error.details, { after: second, removed: fifth, last: positions.at(-1) }, 'details')
    await refuses(() => entriesOf(log, { after: 0 }), 'log-gap', 'read from the beginning')
    await refuses(() => log.count({ after: second }), 'log-gap', 'count')
    equal(await dataOf(log, { after: second, acceptGap: true }), [5, 6, 7, 8, 9], 'what is read all the same')
    equal(await dataOf(log, { after: fifth }), [5, 6, 7, 8, 9], 'what is read after the last that went')
    equal(await dataOf(log, { after: seventh, direction: 'backward' }), [5], 'what is read backward')
    equal(await dataOf(log), [5, 6, 7, 8, 9], 'what is read without a position')
  }),
  overStore('who reads after a position of another log is told, too', async (log) => {
    await log.append(storedEvents(3))
    const { position } = (await entriesOf(log)).at(-1)!
    await refuses(() => entriesOf(log, { after: position + 1 }), 'log-gap', 'read after the end')
  }),
  overStore('positions are not given twice, though all entries go', async (log) => {
    await log.append(storedEvents(5))
    const last = (await entriesOf(log)).at(-1)!.position
    await log.prune(Number.POSITIVE_INFINITY)
    equal(await entriesOf(log, { after: last }), [], 'after the last that went')
    await log.append(storedEvents(1))
    const [entry] = await entriesOf(log, { after: last })
    equal(entry!.position > last, true, `position ${entry!.position} is above ${last}`)
  }),
  overStore('an event whose entry went can be stored again', async (log) => {
    const events = storedEvents(3, timed)
    await log.append(events)
    await log.prune(1_002)
    await log.append(events)
    equal(await dataOf(log), [2, 0, 1], 'what is read')
  }),
  overStore('what goes while it is being read is a gap, not a part that is missing', async (log) => {
    await log.append(storedEvents(5_000, timed))
    const reader = log.read()[Symbol.asyncIterator]()
    await reader.next()
    await log.prune(Number.POSITIVE_INFINITY)
    equal(['all 5000', 'log-gap'].includes(await restOf(reader)), true, 'all of it, or a gap')
  }),
  overStore(
    'a gap is remembered by the store, not by the log',
    async (log, open) => {
      await log.append(storedEvents(5, timed))
      await log.prune(Number.POSITIVE_INFINITY)
      await log.close()
      const other = await open()
      await refuses(() => entriesOf(other, { after: 1 }), 'log-gap', 'read after what went')
    },
    ['durable'],
  ),
]

/** How many came, or the code of the error that came instead. */
async function restOf(reader: AsyncIterator<LogEntry>): Promise<string> {
  let count = 1
  try {
    while ((await reader.next()).done !== true) count++
  } catch (error) {
    return isBusError(error) ? error.code : String(error)
  }
  return `all ${count}`
}
