import { expect, test } from 'vitest'
import {
  readRecording,
  Recorder,
  type Statistics,
  TopicTree,
  writeRecording,
  recorded,
} from '../src/model.ts'
import { event, failed, handled, published, unhandled } from './signals.ts'

test('each handler has its calls, failures, durations and what it threw last', () => {
  const recorder = new Recorder({ capacity: 16 })
  for (let id = 0; id < 100; id++) recorder.record(handled(event(`${id}`), 'mail', id < 95 ? 10 : 200))
  recorder.record(failed(event('x'), 'mail', new Error('no paper'), 7))
  recorder.record(failed(event('y'), 'print', 'jam', 9))
  const [mail, print] = recorder.statistics.handlers.figures()
  expect(mail).toMatchObject({
    name: 'mail',
    calls: 101,
    failures: 1,
    slowest: 200,
    lastError: 'Error: no paper',
    lastErrorAt: 7,
  })
  expect(mail?.ms.samples).toBe(101)
  expect(mail?.ms.p50).toBeCloseTo(10, 0)
  expect(Math.abs(mail!.ms.p99 - 200)).toBeLessThan(7)
  expect(print).toMatchObject({ name: 'print', calls: 1, failures: 1, lastError: 'jam', lastErrorAt: 9 })
})

test('handlers after the first thousand, and types after the first ten thousand, are counted together', () => {
  const recorder = new Recorder({ capacity: 16 })
  for (let id = 0; id < 10_005; id++) {
    const sent = event(`${id}`, `t.${id}`)
    recorder.record(published(sent))
    recorder.record(handled(sent, `h${id % 1_003}`))
  }
  const { handlers, met, all } = recorder.statistics
  expect(handlers.met).toHaveLength(1_001)
  expect(handlers.met.at(-1)).toMatchObject({ name: 'other' })
  expect(handlers.met.reduce((sum, { calls }) => sum + calls, 0)).toBe(10_005)
  expect(met.at(-1)).toMatchObject({ type: 'other', published: 5 })
  expect(all.published).toBe(10_005)
})

test('an error that is hostile is told of all the same', () => {
  const recorder = new Recorder()
  const hostile = new Proxy(new Error('x'), {
    get: () => {
      throw new Error('nothing to see')
    },
  })
  recorder.record(failed(event('1'), 'mail', hostile))
  expect(recorder.statistics.handlers.of('mail')).toMatchObject({ failures: 1, lastError: '(no text)' })
})

test('the tree begins anew when the recorder forgets', () => {
  const recorder = new Recorder()
  const tree = new TopicTree(recorder)
  recorder.record(published(event('1', 'order.paid')))
  expect(tree.branches(0).map(({ path }) => path)).toEqual(['order'])
  recorder.forget()
  expect(tree.branches(0)).toEqual([])
  recorder.record(published(event('2', 'moon')))
  recorder.record(published(event('3', 'order.sent')))
  expect(tree.branches(0)).toMatchObject([
    { path: 'moon', published: 1 },
    { path: 'order', published: 1, children: [{ path: 'order.sent' }] },
  ])
})

test('when payloads weigh too much the oldest are let go, and counted as discarded', () => {
  const recorder = new Recorder({ payloadBytes: 1_000_000 })
  for (let id = 0; id < 1_000; id++) {
    recorder.record(published(event(`${id}`, 'big', 'x'.repeat(10_000))))
    recorder.record(published(event(`s${id}`, 'small', 'x')))
  }
  const { rows, statistics } = recorder
  expect(rows.bytes).toBeLessThanOrEqual(1_000_000)
  expect(rows.length).toBeGreaterThan(190)
  expect(rows.length).toBeLessThan(202)
  expect(rows.length + rows.discarded).toBe(2_000)
  expect(rows.eventAt(rows.oldest - 1)).toBeUndefined()
  expect(rows.rowOfId('s999')).toBe(1_999)
  expect(statistics.all.published).toBe(2_000)
  recorder.clear()
  expect(rows.bytes).toBe(0)
})

test('the newest row is kept however large it is, and a single large one does not empty the list', () => {
  const recorder = new Recorder({ payloadBytes: 100_000 })
  recorder.record(published(event('1', 'a', 'x'.repeat(500_000))))
  expect(recorder.rows.length).toBe(1)
  for (let id = 0; id < 300; id++) recorder.record(published(event(`${id}`, 'b', { small: id })))
  recorder.record(published(event('L', 'b', 'x'.repeat(60_000))))
  for (let id = 0; id < 300; id++) recorder.record(published(event(`n${id}`, 'b', { small: id })))
  expect(recorder.rows.length).toBe(601)
})

test('the weight of rows that were pushed out of the ring is taken away', () => {
  const recorder = new Recorder({ capacity: 16 })
  for (let id = 0; id < 1_000; id++) recorder.record(published(event(`${id}`, 'a', 'x'.repeat(100))))
  expect(recorder.rows.bytes).toBe(16 * 102)
})

function busy(): Recorder {
  const recorder = new Recorder({ capacity: 16 })
  for (let id = 0; id < 50; id++) {
    const sent = event(`${id}`, id % 5 ? 'order.paid' : 'moon')
    recorder.record(published(sent, 60_000 + id * 100))
    if (id % 7 === 0) recorder.record(failed(sent, 'print', 'jam', 61_000))
    else if (id % 3 === 0) recorder.record(handled(sent, 'mail', id))
    else recorder.record(unhandled(sent))
  }
  return recorder
}

test('statistics travel with a recording: more than the ring held, percentiles, handlers, the course of the last seconds', async () => {
  const recorder = busy()
  const { rows, statistics } = recorder
  statistics.refused = 3
  const read = await readRecording(writeRecording(rows, { bus: 'shop', at: 0, statistics }))
  expect(read).toMatchObject({ skipped: 0, faults: [] })
  const copy = recorded(read.rows, read.statistics)
  const still = ({ all, met }: Statistics) =>
    [all, ...met].map((counts) => ({ ...counts.figures(0), rate: 0 }))
  expect(still(copy.statistics)).toEqual(still(statistics))
  expect(copy.statistics.handlers.figures()).toEqual(statistics.handlers.figures())
  expect(copy.statistics.refused).toBe(3)
  expect(copy.statistics.all.published).toBe(50)
  expect(copy.statistics.all.seconds.last(3, 66_000)).toEqual([6, 10, 0])
})

test('a recording without statistics says so, and is counted by its rows', async () => {
  const { rows } = busy()
  const read = await readRecording(writeRecording(rows, { bus: 'shop', at: 0 }))
  expect(read.statistics).toBeUndefined()
  expect(recorded(read.rows, read.statistics).statistics.all.published).toBe(16)
})

test('figures that are hostile do no harm: each is bounded, and what is none is named', async () => {
  const lines = [
    { busrec: 1, bus: 'x' },
    { statistics: { refused: 'many' } },
    { statistics: [] },
    { figures: 7, type: 'a' },
    { figures: {} },
    { figures: { calls: -1, slowest: 'x', lastError: {}, ms: 'y' }, handler: 'h' },
    {
      figures: {
        published: 5,
        handled: null,
        ms: [[-1, 5], [1e9, 5], [3, 1e300], [4.5, 1], 'z', [2, 7], null],
      },
      type: '__proto__',
    },
    { figures: { ms: Array.from({ length: 10_000 }, () => [1, 1]) }, type: 'long' },
  ]
  const read = await readRecording([lines.map((line) => JSON.stringify(line)).join('\n')])
  expect(read.faults.map(({ line }) => line)).toEqual([3, 4, 5])
  const { statistics } = read
  expect(statistics?.of('__proto__')).toMatchObject({ published: 5, handled: 0 })
  expect(statistics?.of('__proto__').figures(0).ms.samples).toBe(0xffff_ffff + 7)
  expect(statistics?.of('long').figures(0).ms.samples).toBe(512)
  expect(statistics?.handlers.figures()).toMatchObject([{ name: 'h', calls: 0, slowest: 0, lastError: '' }])
  expect(statistics?.refused).toBe(0)
})
