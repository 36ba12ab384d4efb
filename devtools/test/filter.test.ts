import { expect, test } from 'vitest'
import { completeFilter, parseFilter, printFilter, Recorder, View } from '../src/model.ts'
import { event, failed, handled, published, unhandled } from './signals.ts'

function sample(): Recorder {
  const recorder = new Recorder()
  const paid = event(
    'e1',
    'order.paid',
    { total: 120, user: { name: 'Ada' } },
    { userId: 'u1', correlationId: 'flow-1' },
  )
  const lost = event('e2', 'order.failed', { total: 7, note: 'x'.repeat(20_000) }, { causationId: 'e1' })
  const click = event('e3', 'ui.click', { at: '<b>menu</b>' }, { source: 'page' })
  recorder.record(published(paid, 1_000))
  recorder.record(handled(paid, 'mailer', 44))
  recorder.record(published(lost, 2_000))
  recorder.record(failed(lost, 'printer'))
  recorder.record(published(click, 40_000))
  recorder.record(unhandled(click))
  return recorder
}

function found(filter: string): string[] {
  const { rows } = sample()
  const view = new View(rows, () => 60_000)
  view.setFilter(filter)
  return view
    .matching()
    .slice(0, 10)
    .map((row) => rows.eventAt(row)!.id)
    .toReversed()
}

test.each([
  ['', ['e1', 'e2', 'e3']],
  ['topic:order.*', ['e1', 'e2']],
  ['topic:**.failed', ['e2']],
  ['-topic:ui.**', ['e1', 'e2']],
  ['is:error', ['e2']],
  ['is:ok', ['e1']],
  ['is:unhandled', ['e3']],
  ['handler:mail*', ['e1']],
  ['dur>20ms', ['e1']],
  ['dur<=0.002s -is:unhandled', ['e2']],
  ['size>10kB', ['e2']],
  ['data.total>100', ['e1']],
  ['data.user.name=ada', ['e1']],
  ['corr:flow-*', ['e1']],
  ['cause:e1', ['e2']],
  ['id:e3', ['e3']],
  ['since:30s', ['e3']],
  ['source:page', ['e3']],
  ['user:u*', ['e1']],
  ['"<B>MENU"', ['e3']],
  ['ada | is:error', ['e1', 'e2']],
  ['topic:order.* -(is:error | user:nobody)', ['e1']],
  ['/name: a.a/', ['e1']],
  ['/^ui/', ['e3']],
])('%s finds %j', (filter, ids) => {
  expect(found(filter)).toEqual(ids)
})

test.each([
  ['topic:order.* is:rotten', 'is:rotten'],
  ['topic:order.* colour:red', 'colour:red'],
  ['topic:order.* dur>soon', 'dur>soon'],
  ['topic:order.* size>', 'size>'],
  ['topic:order.* topic:a..b', 'topic:a..b'],
  ['topic:order.* since:noon', 'since:noon'],
  ['topic:order.* /(/', '/(/'],
  ['topic:order.* /(?=a)/', '/(?=a)/'],
  ['topic:order.* )', ')'],
  ['topic:order.* -', '-'],
  ['topic:order.* |', '|'],
])('of %s the clause %s is named with a reason, and the rest applies', (filter, clause) => {
  const { faults } = parseFilter(filter)
  expect(faults.map(({ start, end }) => filter.slice(start, end))).toEqual([clause])
  expect(faults[0]?.reason).not.toBe('')
  expect(found(filter)).toEqual(['e1', 'e2'])
})

test('an open quote, slash or parenthesis is reported and read to the end', () => {
  for (const filter of ['"menu', '/menu', '(menu']) {
    expect(parseFilter(filter).faults).toHaveLength(1)
    expect(found(filter)).toEqual(['e3'])
  }
})

test('a filter that is far too long or too deep is cut, and says so', () => {
  expect(parseFilter('a '.repeat(5_000)).faults[0]).toMatchObject({ start: 2_000, end: 10_000 })
  expect(parseFilter('('.repeat(1_000)).faults.length).toBeGreaterThan(0)
  expect(parseFilter('-'.repeat(1_999) + 'a').faults.length).toBeGreaterThan(0)
})

test('what is printed is what was meant', () => {
  const { filter } = parseFilter('a  topic:x.*|-(is:ok dur>1.5s) source:"my page" /a\\/b/')
  expect(printFilter(filter)).toBe('"a" topic:x.* | -(is:ok dur>1500ms) source:"my page" /a\\/b/')
})

test('words are completed, values with their counts', () => {
  const { rows } = sample()
  expect(completeFilter('top', 3, rows)).toEqual([{ word: 'topic:', count: undefined }])
  expect(completeFilter('is:error -handler:', 18, rows)).toEqual([
    { word: 'handler:mailer', count: 1 },
    { word: 'handler:printer', count: 1 },
  ])
  expect(completeFilter('(topic:ord', 10, rows).map(({ word }) => word)).toEqual([
    'topic:order.failed',
    'topic:order.paid',
  ])
})
