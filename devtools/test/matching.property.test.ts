import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileFilter, parseFilter, Recorder, type Rows, View } from '../src/model.ts'
import { Budget } from '../src/model/budget.ts'
import { MatchingRows } from '../src/model/matching-rows.ts'
import { RowSet } from '../src/model/row-set.ts'
import { WaitingRows } from '../src/model/waiting-rows.ts'
import { event, failed, handled, published } from './signals.ts'

test('a set of rows agrees with a plain list, whatever is put in and taken out', () => {
  const step = fc.record({ row: fc.nat(3_000), on: fc.boolean(), forget: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.nat(100_000_000_000), (steps, offset) => {
      const set = new RowSet(4_096)
      const plain = new Set<number>()
      let oldest = offset
      set.forgetBefore(offset)
      for (const { row, on, forget } of steps) {
        if (forget) oldest = Math.max(oldest, Math.min(offset + row, oldest + 700))
        else set.set(offset + row, on)
        set.forgetBefore(oldest)
        if (!forget && on) plain.add(offset + row)
        if (!forget && !on) plain.delete(offset + row)
        for (const old of plain) if (old < oldest) plain.delete(old)
      }
      const sorted = [...plain].toSorted((a, b) => b - a)
      expect(set.size).toBe(sorted.length)
      expect(Array.from({ length: sorted.length + 2 }, (_, position) => set.at(position))).toEqual([
        ...sorted,
        undefined,
        undefined,
      ])
      for (const { row } of steps) {
        const asked = offset + row
        expect(set.has(asked)).toBe(plain.has(asked))
        expect(set.newerThan(asked)).toBe(sorted.filter((one) => one > asked).length)
        expect(set.before(asked)).toBe(sorted.find((one) => one < asked))
      }
    }),
  )
})

/** A clock of which every look takes a while, so that a budget is soon spent. */
function slowClock(): () => number {
  let ms = 0
  return () => (ms += 3)
}

function passing(rows: Rows, filter: string, limit: number, now: number): number[] {
  const passes = compileFilter(parseFilter(filter).filter, rows, now)
  const all = Array.from({ length: Math.max(0, limit - rows.oldest) }, (_, index) => limit - 1 - index)
  return all.filter(passes)
}

const filters = [
  'is:error',
  '"odd"',
  '-is:error topic:a.**',
  '/d{2}/ | is:error',
  'since:1s',
  '-since:1s odd',
]
const action = fc.oneof(
  fc.record({ do: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ do: fc.constant('fail' as const), count: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    do: fc.constantFrom('look' as const, 'clear' as const, 'pause' as const, 'resume' as const),
    count: fc.constant(1),
  }),
)

type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** A recorder and a view of it with a clock that is soon spent. */
class World {
  readonly recorder = new Recorder({ capacity: 1_024 })
  readonly view: View
  #now = 0
  /** Where a pause has stopped what is shown, and when. */
  #stop: { readonly row: number; readonly time: number } | undefined = undefined
  readonly #deeds = {
    publish: (count: number) => this.#publish(count),
    fail: (count: number) => this.#fail(count),
    look: () => undefined,
    clear: () => this.recorder.clear(),
    pause: () => this.#pause(),
    resume: () => this.#resume(),
  }

  constructor(filter: string) {
    this.view = new View(this.recorder.rows, () => this.#now, slowClock())
    this.view.setFilter(filter)
  }

  /** Does it and takes a look. */
  perform(what: Action['do'], count: number): readonly number[] {
    this.#deeds[what](count)
    return this.view.matching().slice(0, 5)
  }

  expected(filter: string): number[] {
    const { row, time } = this.#stop ?? { row: this.recorder.rows.next, time: this.#now }
    return passing(this.recorder.rows, filter, row, time)
  }

  #publish(count: number): void {
    for (let each = 0; each < count; each++) {
      this.#now += 7
      const id = this.recorder.rows.next
      const sent = event(`${id}`, id % 3 ? 'a.b' : 'c', id % 2 ? 'odd' : 'even')
      this.recorder.record(published(sent, this.#now))
    }
  }

  #fail(count: number): void {
    const { rows } = this.recorder
    for (let row = rows.oldest; row < rows.next; row += 1 + Math.floor(rows.length / count))
      this.recorder.record(failed(rows.eventAt(row)!))
  }

  #pause(): void {
    this.#stop ??= { row: this.recorder.rows.next, time: this.#now }
    this.view.pause()
  }

  #resume(): void {
    this.#stop = undefined
    this.view.resume()
  }
}

test('a search in slices finds what a search at once finds, while events come, change, leave, and it is paused', () => {
  const course = fc.array(action, { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.constantFrom(...filters), course, (filter, actions) => {
      const world = new World(filter)
      const { view, recorder } = world
      for (const { do: what, count } of actions)
        expect(world.perform(what, count).filter((row) => !recorder.rows.has(row))).toEqual([])
      for (let calls = 0; calls < 1_000 && (calls === 0 || !view.complete); calls++) view.matching()
      const expected = world.expected(filter)
      const found = view.matching()
      expect(view.progress).toBe(1)
      expect(found.slice(0, 2_000)).toEqual(expected)
      expect(found.length).toBe(expected.length)
      for (const [position, row] of expected.entries()) expect(found.positionOf(row)).toBe(position)
      expect(view.finish().slice(0, 2_000)).toEqual(expected)
    }),
  )
}, 30_000)

test('the newest rows are found first, and progress says how far it is', () => {
  const recorder = new Recorder({ capacity: 65_536 })
  for (let id = 0; id < 20_000; id++) recorder.record(published(event(`${id}`)))
  const matching = new MatchingRows(recorder.rows, () => true)
  expect(matching.update(20_000, 8, slowClock())).toBe(false)
  expect(matching.at(0)).toBe(19_999)
  expect(matching.length).toBeLessThan(1_000)
  expect(matching.progress).toBeCloseTo(matching.length / 20_000)
  expect(matching.update(20_000)).toBe(true)
  expect(matching.length).toBe(20_000)
})

test('after very many changes everything is tested again, and what passed stays meanwhile', () => {
  const recorder = new Recorder({ capacity: 1_024 })
  const sent = Array.from({ length: 1_000 }, (_, id) => event(`${id}`))
  for (const one of sent) recorder.record(published(one))
  const passes = compileFilter(parseFilter('-is:error').filter, recorder.rows, 0)
  const matching = new MatchingRows(recorder.rows, passes)
  matching.update()
  for (let round = 0; round < 70; round++) for (const one of sent) recorder.record(handled(one))
  recorder.record(failed(sent[1]!))
  expect(matching.update(1_000, 8, slowClock())).toBe(false)
  expect(matching.length).toBe(1_000)
  matching.update()
  expect(matching.length).toBe(999)
  expect(matching.positionOf(1)).toBe(-1)
})

test('all rows that wait are taken, the stretch added last first', () => {
  const stretch = fc.record({ from: fc.nat(300), length: fc.nat(40) })
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 150 }), fc.nat(100), (stretches, oldest) => {
      const waiting = new WaitingRows()
      const wanted = new Set<number>()
      for (const { from, length } of stretches) {
        waiting.add(from, from + length)
        for (let row = from; row < from + length; row++) if (row >= oldest) wanted.add(row)
      }
      const count = waiting.count(oldest)
      const taken: number[] = []
      for (let row = waiting.take(oldest); row >= 0; row = waiting.take(oldest)) taken.push(row)
      expect(taken).toHaveLength(count)
      expect([...wanted].filter((row) => !taken.includes(row))).toEqual([])
      expect(taken.every((row) => row >= oldest)).toBe(true)
      const last = stretches.at(-1)
      if (stretches.length < 64 && last && last.length > 0 && last.from >= oldest)
        expect(taken[0]).toBe(last.from + last.length - 1)
    }),
  )
})

test('a budget lasts until its time is over, and is never over at once', () => {
  let ms = 0
  const budget = new Budget(8, () => ms)
  ms = 1_000
  const steps = Array.from({ length: 300 }, () => budget.isSpent())
  expect(steps.indexOf(true)).toBe(255)
})

test('a list rests between slices for as long as it has worked', () => {
  let ms = 0
  const recorder = new Recorder({ capacity: 16_384 })
  for (let id = 0; id < 10_000; id++) recorder.record(published(event(`${id}`)))
  const view = new View(
    recorder.rows,
    () => 0,
    () => ms++,
  )
  view.setFilter('a')
  const first = view.matching().length
  expect(view.matching().length).toBe(first)
  ms += 8
  expect(view.matching().length).toBeGreaterThan(first)
})

test('rows leave a "since:" as they grow too old, enter its opposite, and stay while it is paused', () => {
  let now = 10_000
  const recorder = new Recorder()
  for (const at of [1_000, 5_000, 9_000]) recorder.record(published(event(`${at}`), at))
  const view = new View(recorder.rows, () => now)
  const opposite = new View(recorder.rows, () => now)
  view.setFilter('since:6s')
  opposite.setFilter('-since:6s')
  expect(view.matching().slice(0, 9)).toEqual([2, 1])
  now = 12_000
  expect(view.matching().slice(0, 9)).toEqual([2])
  expect(opposite.matching().slice(0, 9)).toEqual([1, 0])
  view.pause()
  now = 20_000
  expect(view.matching().slice(0, 9)).toEqual([2])
  view.resume()
  expect(view.matching().length).toBe(0)
})

test('a step leads from row to row of a filtered list, from outside of it, and stops at its ends', () => {
  const recorder = new Recorder()
  for (const id of [0, 1, 2, 3, 4, 5]) recorder.record(published(event(`${id}`, id % 2 ? 'odd' : 'even')))
  const view = new View(recorder.rows, () => 0)
  view.setFilter('topic:odd')
  expect([view.step(5, 1), view.step(5, 2), view.step(5, 9), view.step(1, 1)]).toEqual([3, 1, 1, 1])
  expect([view.step(1, -1), view.step(1, -9), view.step(5, -1)]).toEqual([3, 5, 5])
  expect([view.step(4, 1), view.step(4, -1), view.step(0, 1)]).toEqual([3, 5, 1])
  expect([view.step(undefined, 1), view.step(undefined, -1)]).toEqual([5, 5])
  view.setFilter('topic:none')
  expect(view.step(1, 1)).toBeUndefined()
})
