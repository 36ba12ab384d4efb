import { createBus } from '@heliobus/core'
import { expect, test } from 'vitest'
import { Recorder, TopicTree, View } from '../src/model.ts'
import { event, failed, handled, published, unhandled } from './signals.ts'

const silent = { logger: { level: 'silent', log: () => undefined } } as const

test('what a bus does can be read row by row: payload by reference, handlers, errors', async () => {
  const bus = createBus(silent)
  const recorder = new Recorder()
  recorder.start(bus)
  const refusal = new Error('no paper')
  bus.subscribe('order.*', () => undefined, { name: 'index' })
  bus.subscribe('order.*', () => Promise.reject(refusal), { name: 'print', retry: false })
  const data = { total: 120 }
  const sent = bus.publish('order.paid', data)
  bus.publish('moon.rose', {})
  await bus.drain()

  const { rows, statistics } = recorder
  expect(rows.length).toBe(2)
  const row = rows.rowOf(sent)
  expect(rows.eventAt(row)?.data).toBe(data)
  expect(rows.deliveriesAt(row)).toMatchObject([
    { handler: 'index', fate: 'handled', attempt: 1 },
    { handler: 'print', fate: 'failed', attempt: 1, error: refusal, retryIn: undefined },
    { handler: 'print', fate: 'buried', reason: 'failed', error: refusal },
  ])
  expect(recorder.lettersTold).toBe(1)
  expect(statistics.all.figures(Date.now())).toMatchObject({
    published: 2,
    handled: 1,
    failures: 1,
    unhandled: 1,
  })
  expect(bus.stats()).toMatchObject({ published: 2, delivered: 1, failures: 1, unhandled: 1 })
})

test('a stopped recorder records nothing, and leaves the bus without a listener', () => {
  const bus = createBus(silent)
  const recorder = new Recorder()
  const stop = recorder.start(bus)
  bus.publish('a', 1)
  stop()
  bus.publish('a', 2)
  expect(recorder.recording).toBe(false)
  expect(recorder.rows.length).toBe(1)
})

test('after close no event is held', () => {
  const recorder = new Recorder()
  recorder.record(published(event('1')))
  recorder.close()
  expect(recorder.rows.length).toBe(0)
  expect(recorder.rows.eventAt(0)).toBeUndefined()
})

test('a full ring discards the oldest and says how many; statistics stay exact', () => {
  const recorder = new Recorder({ capacity: 16 })
  for (let count = 0; count < 50; count++) recorder.record(published(event(String(count))))
  expect(recorder.rows.length).toBe(16)
  expect(recorder.rows.discarded).toBe(34)
  expect(recorder.statistics.all.published).toBe(50)
})

test('a handler that ends after its event has left the ring still counts', () => {
  const recorder = new Recorder({ capacity: 16 })
  const first = event('first')
  recorder.record(published(first))
  for (let count = 0; count < 20; count++) recorder.record(published(event(String(count))))
  recorder.record(handled(first))
  expect(recorder.statistics.of('a.b').handled).toBe(1)
})

test('an event that came over a bridge is one row, with the bridge it came over', () => {
  const recorder = new Recorder()
  const arrived = event('1')
  recorder.record({ type: 'received', event: arrived, link: 'ws', at: 1 })
  recorder.record(published({ ...arrived, data: 'checked' }, 2))
  expect(recorder.rows.length).toBe(1)
  expect(recorder.rows.eventAt(0)?.data).toBe('checked')
  const view = new View(recorder.rows, () => 0)
  view.setFilter('via:w* is:received is:published')
  expect(view.matching().length).toBe(1)
})

test('an event that came back is a row of its own, and its handlers stay with the first', () => {
  const recorder = new Recorder()
  const first = event('1')
  recorder.record(published(first))
  recorder.record({ type: 'dropped', event: { ...first }, reason: 'echo', at: 1 })
  recorder.record(handled(first))
  expect(recorder.rows.deliveriesAt(0)).toHaveLength(1)
  expect(recorder.rows.deliveriesAt(1)).toHaveLength(0)
})

test('an event that came over a second way, too, is neither a row nor a loss', () => {
  const recorder = new Recorder()
  const arrived = event('1')
  recorder.record({ type: 'received', event: arrived, link: 'tabs', at: 1 })
  recorder.record(published(arrived, 1))
  recorder.record({ type: 'dropped', event: { ...arrived }, reason: 'repeat', at: 2 })
  expect(recorder.rows.length).toBe(1)
  expect(recorder.statistics.all.figures(2).dropped).toBe(0)
})

test('of very many handlers the first 64 are kept and all are counted', () => {
  const recorder = new Recorder()
  const sent = event('1')
  recorder.record(published(sent))
  for (let count = 0; count < 100; count++) recorder.record(handled(sent))
  expect(recorder.rows.deliveriesAt(0)).toHaveLength(64)
  expect(recorder.rows.handled[0]).toBe(100)
})

test('pause holds what is shown while events flow, counts them, and resumes without loss', () => {
  const recorder = new Recorder()
  const view = new View(recorder.rows, () => 0)
  recorder.record(published(event('1')))
  view.pause()
  for (const id of ['2', '3']) recorder.record(published(event(id)))
  expect(view.matching().slice(0, 10)).toEqual([0])
  expect(view.arrivedMeanwhile).toBe(2)
  view.resume()
  expect(view.matching().slice(0, 10)).toEqual([2, 1, 0])
})

test('a row enters and leaves a filtered list as its handlers finish', () => {
  const recorder = new Recorder()
  const view = new View(recorder.rows, () => 0)
  const sent = event('1')
  recorder.record(published(sent))
  view.setFilter('-is:error')
  expect(view.matching().length).toBe(1)
  recorder.record(failed(sent))
  expect(view.matching().length).toBe(0)
  view.setFilter('is:error')
  expect(view.matching().slice(0, 10)).toEqual([0])
})

test('filter, time range and selection are shared, and changes are told', () => {
  const recorder = new Recorder()
  const view = new View(recorder.rows, () => 0)
  let told = 0
  const end = view.listen(() => told++)
  for (const at of [10, 20, 30]) recorder.record(published(event(String(at)), at))
  view.setRange({ from: 15, to: 30 })
  view.select(1)
  expect(view.matching().slice(0, 10)).toEqual([2, 1])
  expect(view.selected).toBe(1)
  end()
  view.select(undefined)
  expect(told).toBe(2)
  recorder.clear()
  expect(view.matching().length).toBe(0)
})

test('the topic tree sums what lies below each segment', () => {
  const recorder = new Recorder()
  const tree = new TopicTree(recorder.statistics)
  for (const type of ['order.paid', 'order.sent', 'moon']) {
    const sent = event(type, type)
    recorder.record(published(sent, 10_000))
    if (type === 'order.sent') recorder.record(failed(sent))
    else recorder.record(unhandled(sent))
  }
  const [order, moon] = tree.branches(11_000)
  expect(order).toMatchObject({ path: 'order', published: 2, failures: 1, unhandled: 1, rate: 0.4 })
  expect(order?.children.map(({ path }) => path)).toEqual(['order.paid', 'order.sent'])
  expect(moon).toMatchObject({ path: 'moon', published: 1 })
})
