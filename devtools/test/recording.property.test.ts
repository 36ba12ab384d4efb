import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRecording, Recorder, type Rows, writeRecording } from '../src/model.ts'
import { writeDelivery } from '../src/model/recording-deliveries.ts'
import { event, failed, handled, published } from './signals.ts'

const data = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))
const rowOf = fc.record({
  type: fc.constantFrom('a', 'a.b'),
  data,
  at: fc.nat(),
  via: fc.boolean(),
  fate: fc.constantFrom('ok', 'bad', 'both'),
})

function recorded(
  list: readonly { type: string; data: unknown; at: number; via: boolean; fate: string }[],
): Rows {
  const recorder = new Recorder()
  for (const [index, one] of list.entries()) {
    const sent = event(`e${index}`, one.type, one.data)
    if (one.via) recorder.record({ type: 'received', event: sent, link: 'ws', at: one.at })
    recorder.record(published(sent, one.at))
    if (one.fate !== 'bad') recorder.record(handled(sent, 'h', 1.5))
    if (one.fate !== 'ok') recorder.record(failed(sent, 'p', 'broke'))
  }
  return recorder.rows
}

function seen(rows: Rows): unknown {
  return Array.from({ length: rows.length }, (_, index) => {
    const row = rows.oldest + index
    const slot = rows.slot(row)
    return [
      rows.time[slot],
      rows.status[slot],
      rows.handled[slot],
      rows.failures[slot],
      rows.slowest[slot],
      rows.links.nameOf(rows.link[slot]!),
      rows.eventAt(row),
      rows.deliveriesAt(row).map(writeDelivery),
    ]
  })
}

function* cut(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

test('what is exported is imported again, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rowOf, { maxLength: 20 }),
      fc.integer({ min: 1, max: 500 }),
      async (list, size) => {
        const rows = recorded(list)
        const text = [...writeRecording(rows, { bus: 'shop', at: 5, redaction: 'nothing' })].join('')
        const read = await readRecording(cut(text, size))
        expect(read).toMatchObject({ skipped: 0, faults: [] })
        expect(read.header).toEqual({
          busrec: 1,
          bus: 'shop',
          at: 5,
          events: list.length,
          discarded: 0,
          redaction: 'nothing',
        })
        expect(seen(read.rows)).toEqual(seen(rows))
      },
    ),
  )
}, 30_000)

test('whatever a file holds, reading it does not fail', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        event: fc.record({ id: fc.string(), type: fc.string(), data: fc.jsonValue() }),
        deliveries: fc.jsonValue(),
        status: fc.jsonValue(),
        at: fc.jsonValue(),
      })
      .map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (lines) => {
      const { rows, skipped } = await readRecording([lines.join('\n')])
      expect(rows.length + skipped).toBeLessThanOrEqual(lines.join('\n').split('\n').length)
    }),
  )
})

test('broken lines are skipped, counted and named; the rest is there', async () => {
  const lines = [
    ...writeRecording(
      recorded([
        { type: 'a', data: 1, at: 1, via: false, fate: 'ok' },
        { type: 'b', data: 2, at: 2, via: false, fate: 'ok' },
      ]),
      { bus: 'shop', at: 0 },
    ),
  ]
  const { rows, skipped, faults } = await readRecording(
    [lines[0]!, lines[1]!, '{"event":\n', '[]\n', 'x'.repeat(20_000), '\n', lines[2]!],
    { longestLine: 10_000 },
  )
  expect(rows.length).toBe(2)
  expect(skipped).toBe(3)
  expect(faults).toEqual([
    { line: 3, reason: 'it is no JSON object' },
    { line: 4, reason: 'it is no JSON object' },
    { line: 5, reason: 'it is longer than 10000 characters' },
  ])
})

test('data that JSON can not carry is written as text, and a redaction that fails hides it all the same', async () => {
  const recorder = new Recorder()
  recorder.record(published(event('1', 'a', { secret: 'key', big: 10n })))
  const [, lossy] = [...writeRecording(recorder.rows, { bus: 'shop', at: 0 })]
  expect(JSON.parse(lossy!)).toMatchObject({ lossy: true, event: { data: { secret: 'key', big: '10' } } })
  const redact = (): never => {
    throw new Error('oh')
  }
  const text = [...writeRecording(recorder.rows, { bus: 'shop', at: 0, redact })].join('')
  expect(text).toContain('(redaction failed: Error: oh)')
  expect(text).not.toContain('key"')
})
