import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Recorder, recorded } from '../src/model.ts'
import { Gaps } from '../src/model/gaps.ts'
import { Timeline, type TimelineBar } from '../src/model/timeline.ts'
import { event, failed, published } from './signals.ts'

const START = 1_700_000_000_000

test('bars agree with a count of the times, whatever stretch is asked for', () => {
  const happening = fc.record({
    after: fc.integer({ min: -3_000, max: 20_000 }),
    domain: fc.constantFrom('shop', 'ui', 'error'),
  })
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 60 }),
      fc.integer({ min: 0, max: 300_000 }),
      fc.integer({ min: 1_000, max: 500_000 }),
      fc.integer({ min: 1, max: 300 }),
      (list, from, length, most) => {
        const timeline = new Timeline()
        let at = START
        const all = list.map(({ after, domain }) => {
          at += after
          if (domain === 'error') timeline.countError(at)
          else timeline.count(at, timeline.domainOf(`${domain}.thing`))
          return { at, domain }
        })
        const [begin, end] = [START + from, START + from + length]
        const bars = timeline.bars(begin, end, most)
        expect(bars.length).toBeLessThanOrEqual(most + 1)
        for (const bar of bars) agrees(bar, all, timeline.domains)
        const shown = (time: number): boolean =>
          bars.some((bar) => time >= bar.at && time < bar.at + bar.width)
        const missing = all.filter(({ at: time }) => time >= begin && time < end && !shown(time))
        expect(missing).toEqual([])
      },
    ),
  )
})

function agrees(
  { at, width, counts, errors }: TimelineBar,
  all: readonly { at: number; domain: string }[],
  domains: readonly string[],
): void {
  expect(at % width).toBe(0)
  const inside = all.filter((one) => one.at >= at && one.at < at + width)
  const count = (domain: string): number => inside.filter((one) => one.domain === domain).length
  expect(errors).toBe(count('error'))
  expect([...counts]).toEqual(domains.map(count))
  expect(errors + sum([...counts])).toBeGreaterThan(0)
}

function sum(list: readonly number[]): number {
  return list.reduce((total, one) => total + one, 0)
}

test('what is older than ten minutes is known to ten seconds, then to a minute, then counted as outside', () => {
  const timeline = new Timeline()
  const domain = timeline.domainOf('shop.sold')
  for (let minute = 0; minute < 700; minute++) timeline.count(START + minute * 60_000, domain)
  const now = START + 700 * 60_000
  const widthAt = (minutes: number): number | undefined =>
    timeline.bars(now - minutes * 60_000, now, 10_000)[0]?.width
  expect([widthAt(5), widthAt(60), widthAt(500)]).toEqual([1_000, 10_000, 60_000])
  // From a multiple of 5 minutes on, which is 3 before that.
  expect(sum(timeline.bars(now - 500 * 60_000, now, 100).map(({ counts }) => counts[domain]!))).toBe(503)
  expect(timeline.outside).toBe(0)
  timeline.count(START, domain)
  expect(timeline.outside).toBe(1)
  timeline.clear()
  expect(timeline.bars(START, now, 100)).toEqual([])
})

test('a time that is none is counted as outside', () => {
  const timeline = new Timeline()
  for (const at of [Number.NaN, 2 ** 53 * 1_000, Number.POSITIVE_INFINITY]) timeline.count(at, 0)
  expect(timeline.outside).toBe(3)
  expect(timeline.bars(0, Number.POSITIVE_INFINITY, 10)).toEqual([])
})

test('the thirteenth domain is counted with the others', () => {
  const timeline = new Timeline()
  const numbers = Array.from({ length: 14 }, (_, index) => timeline.domainOf(`d${index}:thing`))
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0])
  expect(timeline.domains.slice(0, 3)).toEqual(['other', 'd0', 'd1'])
  for (const number of numbers) timeline.count(START, number)
  expect(timeline.bars(START, START + 1_000, 1)[0]?.counts).toEqual(
    new Uint32Array([2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
  )
})

test('a recorder draws events and failures when they happen, neither a full ring nor forgotten statistics change them', () => {
  const recorder = new Recorder({ capacity: 16 })
  for (let id = 0; id < 100; id++) {
    const sent = event(`${id}`, id % 4 ? 'shop.sold' : 'ui.click')
    recorder.record(published(sent, START + id * 10))
    if (id === 50) recorder.record(failed(sent, 'mail', new Error('no'), START + 2_500))
    if (id === 60) recorder.forget()
  }
  const bars = recorder.timeline.bars(START, START + 10_000, 100)
  expect(recorder.timeline.domains).toEqual(['other', 'ui', 'shop'])
  expect(bars.map(({ at, counts, errors }) => [at - START, [...counts], errors])).toEqual([
    [0, [0, 25, 75], 0],
    [2_000, [0, 0, 0], 1],
  ])
  const copy = recorded(recorder.rows)
  expect(copy.timeline.bars(START, START + 10_000, 1).map(({ counts }) => sum([...counts]))).toEqual([16])
  recorder.clear()
  expect(recorder.timeline.bars(START, START + 10_000, 100)).toEqual([])
})

test('a link that is lost leaves a gap until it is open again; what it says is missing is there too', () => {
  const { gaps, record } = recording()
  record({ type: 'link', link: 'ws', status: 'open', at: 1 })
  record({ type: 'link', link: 'ws', status: 'lost', at: 10 })
  record({ type: 'link', link: 'ws', status: 'lost', at: 12 })
  record({ type: 'link', link: 'ws', status: 'connecting', at: 15 })
  expect(gaps.between(20, 30)).toMatchObject([{ link: 'ws', from: 10, to: undefined }])
  record({ type: 'link', link: 'ws', status: 'open', at: 20 })
  record({ type: 'gap', link: 'ws', reason: 'restarted', missing: 7, at: 21 })
  record({ type: 'link', link: 'redis', status: 'lost', at: 25 })
  expect(gaps.between(0, 9)).toEqual([])
  expect(gaps.between(0, 99)).toEqual([
    { link: 'ws', from: 10, to: 20, reason: 'lost', missing: undefined },
    { link: 'ws', from: 21, to: 21, reason: 'restarted', missing: 7 },
    { link: 'redis', from: 25, to: undefined, reason: 'lost', missing: undefined },
  ])
})

test('the newest 200 gaps are kept, and the others counted', () => {
  const gaps = new Gaps()
  for (let at = 0; at < 250; at++)
    gaps.notice({ type: 'gap', link: 'ws', reason: 'lag', missing: undefined, at })
  expect(gaps.between(0, 1_000)).toHaveLength(200)
  expect(gaps.between(0, 1_000)[0]?.from).toBe(50)
  expect(gaps.discarded).toBe(50)
})

function recording(): { readonly gaps: Gaps; readonly record: Recorder['record'] } {
  const recorder = new Recorder()
  return { gaps: recorder.gaps, record: (signal) => recorder.record(signal) }
}
