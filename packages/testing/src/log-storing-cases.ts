import { equal, refuses } from './check.ts'
import type { ContractCase } from './contract.ts'
import { type LogSubject, overStore } from './log-subject.ts'
import { member } from './sample-events.ts'
import { dataOf, entriesOf, eventsOf, storedEvent, storedEvents } from './stored-event.ts'

/** Appending, and reading all of it. */
export const storingCases: readonly ContractCase<LogSubject>[] = [
  overStore('an event comes back as it was', async (log) => {
    const full = storedEvent({
      subject: 'a7',
      userId: 'u1',
      key: 'k',
      version: 3,
      causationId: 'cause',
      correlationId: 'flow',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: { list: [1, 2.5, null, true], nested: { deep: { er: [] } }, none: null },
    })
    const bare = storedEvent({ data: null })
    const empty = storedEvent({ data: undefined, subject: '' })
    await log.append([full, bare, empty])
    const events = await eventsOf(log)
    equal(events, [full, bare, empty], 'what is read')
    equal(Object.keys(events[2]!).toSorted(), Object.keys(empty).toSorted(), 'its members')
  }),
  overStore('what came over bridges is stored as if it had not', async (log) => {
    const event = storedEvent({ hops: 2 })
    await log.append([event])
    equal(await eventsOf(log), [{ ...event, hops: 0 }], 'what is read')
  }),
  overStore('events keep the order in which they were appended, whatever their times', async (log) => {
    const events = storedEvents(100, (index) => ({ time: 1_000_000 - index }))
    for (let from = 0; from < 100; from += 30) await log.append(events.slice(from, from + 30))
    const entries = await entriesOf(log)
    equal(
      entries.map(({ event }) => event.data),
      events.map(({ data }) => data),
      'what is read',
    )
    const positions = entries.map(({ position }) => position)
    equal(
      positions,
      [...new Set(positions)].toSorted((a, b) => a - b),
      'positions',
    )
    equal(positions[0]! > 0 && positions.every(Number.isSafeInteger), true, 'whole numbers above 0')
  }),
  overStore('appends that do not wait for each other keep their order', async (log) => {
    const events = storedEvents(200)
    await Promise.all(events.map((event) => log.append([event])))
    equal(
      await dataOf(log),
      events.map(({ data }) => data),
      'what is read',
    )
  }),
  overStore('an id that comes again changes nothing', async (log) => {
    const [first, second, third] = storedEvents(3)
    await log.append([first!, second!, first!])
    const before = await entriesOf(log)
    await log.append([{ ...first!, data: 'changed' }, third!])
    const after = await entriesOf(log)
    equal(after.slice(0, 2), before, 'the first two entries')
    equal(
      after.map(({ event }) => event.data),
      [0, 1, 2],
      'what is read',
    )
  }),
  overStore('nothing is appended when there is nothing', async (log) => {
    await log.append([])
    equal(await entriesOf(log), [], 'what is read')
    equal(await log.count(), 0, 'count')
  }),
  overStore('thousands of events are read to the last', async (log) => {
    const events = storedEvents(5_000)
    for (let from = 0; from < events.length; from += 1_000) await log.append(events.slice(from, from + 1_000))
    equal(
      await dataOf(log),
      events.map(({ data }) => data),
      'what is read',
    )
    equal(await log.count(), 5_000, 'count')
  }),
  overStore('nobody shares an object with the log', async (log) => {
    const list = [1]
    await log.append([storedEvent({ data: { list } })])
    list.push(2)
    const [first] = await eventsOf(log)
    listIn(first!.data).push(3)
    equal(await dataOf(log), [{ list: [1] }], 'what is read')
  }),
  overStore('a reader may leave in the middle', async (log) => {
    await log.append(storedEvents(1_000))
    for await (const { event } of log.read()) if (event.data === 3) break
    await log.append(storedEvents(1))
    equal(await log.count(), 1_001, 'count')
  }),
  overStore('closing twice is fine, and a closed log says so', async (log) => {
    await log.append(storedEvents(2))
    await log.close()
    await log.close()
    await refuses(() => log.append(storedEvents(1)), 'log-closed', 'append')
    await refuses(() => entriesOf(log), 'log-closed', 'read')
    await refuses(() => log.count(), 'log-closed', 'count')
    await refuses(() => log.prune(0), 'log-closed', 'prune')
  }),
  overStore(
    'what is being appended when the log closes is stored',
    async (log, open) => {
      const appending = log.append(storedEvents(50))
      await log.close()
      await appending
      equal(await (await open()).count(), 50, 'count')
    },
    ['durable'],
  ),
  overStore(
    'another log over the same store goes on where the first one ended',
    async (log, open) => {
      const [first, second] = [storedEvents(10), storedEvents(10)]
      await log.append(first)
      await log.close()
      const other = await open()
      await other.append([...first, ...second])
      equal(await eventsOf(other), [...first, ...second], 'what is read')
    },
    ['durable'],
  ),
]

function listIn(data: unknown): unknown[] {
  const list = member(data, 'list')
  return Array.isArray(list) ? list : []
}
