import type { BusEvent } from '@heliobus/core'
import { equal, refuses } from './check.ts'
import type { ContractCase } from './contract.ts'
import { type LogSubject, overStore } from './log-subject.ts'
import { dataOf, eventsOf, storedEvent } from './stored-event.ts'

const cycle: { self?: unknown } = {}
cycle.self = cycle

/** What can't be stored, and where the fault lies. */
const unstorable: readonly (readonly [change: Partial<BusEvent>, path: string])[] = [
  [{ data: { run: () => 1 } }, 'data.run'],
  [{ data: { list: [1, 2n] } }, 'data.list[1]'],
  [{ data: { at: new Map() } }, 'data.at'],
  [{ data: { score: Number.NaN } }, 'data.score'],
  [{ data: { inner: cycle } }, 'data.inner.self'],
  [{ data: nested(40) }, `data${'.in'.repeat(32)}`],
  [{ data: 'x'.repeat(17 * 1024 * 1024) }, 'data'],
  [{ subject: 's'.repeat(2_000) }, 'subject'],
  [{ key: 'a\0b' }, 'key'],
  [{ userId: '\u{D800}' }, 'userId'],
  [{ id: '' }, 'id'],
  [{ type: 'a..b' }, 'type'],
  [{ time: Number.NaN }, 'time'],
  [{ version: 1.5 }, 'version'],
]

const names = [
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE events_log; --",
  '"',
  '\\',
  '',
  '\u{1F469}‍\u{1F680}',
]

/** Data that nobody would send who means well. */
export const hostileCases: readonly ContractCase<LogSubject>[] = [
  overStore(
    'an event that cannot be stored is refused with its path, and none of its batch is stored',
    async (log) => {
      for (const [change, path] of unstorable) {
        const event = storedEvent(change)
        const error = await refuses(() => log.append([storedEvent(), event]), 'log-unsupported', path)
        equal([error.details.id, error.details.path], [event.id, path], 'details')
      }
      equal(await log.count(), 0, 'count')
    },
  ),
  overStore('names that mean something elsewhere are only names', async (log) => {
    const data = Object.fromEntries(names.map((name) => [name, { polluted: name }]))
    const parsed: unknown = JSON.parse('{ "__proto__": { "polluted": true } }')
    const events = [storedEvent({ data }), storedEvent({ data: parsed })]
    await log.append(events)
    equal(await eventsOf(log), events, 'what is read')
    equal(Reflect.get({}, 'polluted'), undefined, 'the prototype of all objects')
  }),
  overStore('texts of every kind are kept, and asked for', async (log) => {
    const texts = ['%', '_', "' OR 1=1; --", 'καὶ 日本語 עברית 👩‍🚀 \u2028 é', ' ', 'null', '*']
    const events = texts.map((text) =>
      storedEvent({ subject: text, userId: text, correlationId: text, data: text }),
    )
    await log.append(events)
    equal(await eventsOf(log), events, 'what is read')
    for (const text of texts) {
      equal(await dataOf(log, { subject: text }), [text], `the subject ${text}`)
      equal(await dataOf(log, { userId: text }), [text], `the user ${text}`)
      equal(await dataOf(log, { correlationId: text }), [text], `the flow ${text}`)
    }
  }),
  overStore('data of every kind is kept', async (log) => {
    const data = ['', 0, -1.5, 1e300, 2 ** 53, false, [], {}, [[[]]], 'a\0b\u{D800}\u2029', nested(31), null]
    await log.append(data.map((one) => storedEvent({ data: one })))
    equal(await dataOf(log), data, 'what is read')
  }),
  overStore('an event of 1 MB is kept', async (log) => {
    const event = storedEvent({ data: { text: 'ü'.repeat(500_000) } })
    await log.append([event])
    equal(await eventsOf(log), [event], 'what is read')
  }),
]

/** Objects inside objects. */
function nested(levels: number): unknown {
  let data: unknown = 'deep'
  for (let level = 0; level < levels; level++) data = { in: data }
  return data
}
