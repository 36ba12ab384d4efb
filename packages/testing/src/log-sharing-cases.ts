import type { BusEvent, EventLog } from '@heliobus/core'
import { equal } from './check.ts'
import type { ContractCase } from './contract.ts'
import { type LogSubject, overStore } from './log-subject.ts'
import { settle } from './settle.ts'
import { entriesOf, storedEvents } from './stored-event.ts'

/** Several who write to one store, and who reads meanwhile. */
export const sharingCases: readonly ContractCase<LogSubject>[] = [
  overStore('two writers store the same events once, and their own in order', async (log, open) => {
    const other = await open()
    const common = storedEvents(200)
    const [mine, theirs] = [owned('mine', 200), owned('theirs', 200)]
    await Promise.all([write(log, [...mine, ...common]), write(other, [...theirs, ...common])])
    const entries = await entriesOf(log)
    equal(entries, await entriesOf(other), 'what both read')
    equal(entries.length, 600, 'entries')
    for (const name of ['mine', 'theirs'])
      equal(numbersOf(entries, name), numbersIn(200), `the order of ${name}`)
    const ids = entries.map(({ event }) => event.id)
    equal(new Set(ids).size, ids.length, 'different ids')
  }),
  overStore('who follows with `after` while two write misses nothing', async (log, open) => {
    const other = await open()
    const writing = Promise.all([write(log, owned('mine', 300)), write(other, owned('theirs', 300))])
    let isWritten = false
    void writing.then(
      () => (isWritten = true),
      () => (isWritten = true),
    )
    const found: BusEvent[] = []
    for (let after = 0, isLast = false; !isLast;) {
      isLast = isWritten // one more round after the end
      for (const { position, event } of await entriesOf(log, { after })) {
        found.push(event)
        after = position
      }
      await settle()
    }
    await writing
    equal(
      found,
      (await entriesOf(log)).map(({ event }) => event),
      'what the follower has read',
    )
    equal(found.length, 600, 'entries')
  }),
]

function owned(name: string, count: number): BusEvent[] {
  return storedEvents(count, (index) => ({ source: name, data: index }))
}

/** In batches of several sizes, one after the other. */
async function write(log: EventLog, events: readonly BusEvent[]): Promise<void> {
  for (let from = 0, size = 1; from < events.length; from += size, size = (size % 13) + 1)
    await log.append(events.slice(from, from + size))
}

function numbersOf(entries: Awaited<ReturnType<typeof entriesOf>>, source: string): unknown[] {
  return entries.flatMap(({ event }) => (event.source === source ? [event.data] : []))
}

function numbersIn(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
