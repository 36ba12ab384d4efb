import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Causality } from '../src/model/causality.ts'
import { flowOf } from '../src/model/flow.ts'
import { newestFlows } from '../src/model/flow-list.ts'
import { Recorder } from '../src/model/recorder.ts'
import { lastMoment, spansOf } from '../src/model/spans.ts'
import { event, failed, handled, published } from './signals.ts'

const step = fc.record({
  /** Which event was its cause; one that comes later or is its own makes a circle, one that is not there a loose end. */
  cause: fc.option(fc.nat(40), { nil: undefined }),
  flow: fc.constantFrom('f1', 'f2'),
})

function recorded(steps: readonly { cause: number | undefined; flow: string }[]): Recorder {
  const recorder = new Recorder({ capacity: 64 })
  for (const [index, { cause, flow }] of steps.entries()) {
    const causationId = cause === undefined ? undefined : `e${cause}`
    const sent = event(`e${index}`, 'a.b', 0, { correlationId: flow, causationId })
    recorder.record(published(sent, index * 10))
    recorder.record(handled(sent, 'h', 3, index * 10 + 5))
  }
  return recorder
}

test('the tree of a flow has each of its events once, below its cause and after it', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), fc.nat(39), (steps, at) => {
      const { rows } = recorded(steps)
      const row = at % steps.length
      const { lines, from, to, isCut } = flowOf(rows, new Causality(rows), row)
      const shown = lines.map((line) => line.row)
      expect(new Set(shown).size).toBe(shown.length)
      const { flow } = steps[row]!
      const own = steps.flatMap((one, index) => (one.flow === flow ? [index] : []))
      expect(shown).toEqual(expect.arrayContaining(own))
      for (const [index, { row: below, cause, level }] of lines.entries()) {
        if (cause === undefined) expect(level).toBe(1)
        else {
          const above = lines.findIndex((line) => line.row === cause)
          expect(above).toBeLessThan(index)
          expect(level).toBe(lines[above]!.level + 1)
          expect(steps[below]!.cause).toBe(cause)
        }
      }
      expect(from).toBe(Math.min(...shown) * 10)
      expect(to).toBe(Math.max(...shown) * 10 + 5)
      expect(isCut).toBe(false)
    }),
  )
})

test('of a long flow the newest are shown with what led to the event, and it says that there are more', () => {
  const chain = Array.from({ length: 50 }, (_, index) => ({
    cause: index === 0 ? undefined : index - 1,
    flow: 'f1',
  }))
  const { rows } = recorded(chain)
  const { lines, isCut } = flowOf(rows, new Causality(rows), 3, 10)
  expect(isCut).toBe(true)
  expect(lines.map(({ row }) => row)).toEqual([0, 1, 2, 3, ...Array.from({ length: 10 }, (_, n) => 40 + n)])
  expect(lines.map(({ level }) => level)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('flows are listed as plain counting has them, the one that went on last first', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const listed = newestFlows(recorded(steps).rows, 10)
      const of = (flow: string): number[] => steps.flatMap((one, row) => (one.flow === flow ? [row] : []))
      for (const { id, first, last, count } of listed)
        expect([first, last, count]).toEqual([of(id)[0], of(id).at(-1), of(id).length])
      const wanted = ['f1', 'f2'].filter((flow) => of(flow).length > 1)
      expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(wanted))
      const lasts = listed.map(({ last }) => last)
      expect(lasts).toEqual(lasts.toSorted((a, b) => b - a))
    }),
  )
})

test('a call is a stretch up to its end, and the wait for a retry one after it', () => {
  const recorder = new Recorder()
  const sent = event('e')
  recorder.record(published(sent, 100))
  const failure = failed(sent, 'mail', 'no', 130)
  recorder.record({ ...failure, ms: 20, retryIn: 50 } as typeof failure)
  recorder.record(handled(sent, 'mail', 5, 190))
  const deliveries = recorder.rows.deliveriesAt(0)
  expect(spansOf(deliveries)).toEqual([
    { handler: 'mail', kind: 'failed', from: 10, to: 30 },
    { handler: 'mail', kind: 'waiting', from: 30, to: 80 },
    { handler: 'mail', kind: 'handled', from: 85, to: 90 },
  ])
  expect(lastMoment(deliveries)).toBe(90)
})
