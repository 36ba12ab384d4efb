import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Recorder, View } from '../src/model.ts'
import { event, failed, handled, published, unhandled } from './signals.ts'

const types = ['a', 'a.b', 'c.d.e']
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('publish' as const), type: fc.constantFrom(...types) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('handle' as const, 'fail' as const, 'unhandled' as const),
      of: fc.nat(40),
      ms: fc.double({ min: 0.01, max: 5_000, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('clear' as const, 'pause' as const, 'resume' as const, 'look' as const),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What a recorder should know, kept in plain lists. */
class Naive {
  readonly all: { readonly sent: ReturnType<typeof event>; bad: boolean }[] = []
  readonly counts = { published: 0, handled: 0, failures: 0, unhandled: 0 }
  cleared = 0
  pausedAt: number | undefined = undefined

  take(one: Step): void {
    if (one.do === 'publish') {
      this.all.push({ sent: event(`e${this.all.length}`, one.type), bad: false })
      this.counts.published++
    } else if (one.do === 'clear') this.cleared = this.all.length
    else if (one.do === 'pause') this.pausedAt ??= this.all.length
    else if (one.do === 'resume') this.pausedAt = undefined
    else if ('of' in one) this.#outcome(one.do, one.of)
  }

  #outcome(fate: string, of: number): void {
    const target = this.all.at(-1 - of)
    if (target === undefined) return
    if (fate === 'handle') this.counts.handled++
    if (fate === 'fail') this.counts.failures++
    if (fate === 'unhandled') this.counts.unhandled++
    target.bad ||= fate === 'fail'
  }
}

function perform(one: Step, recorder: Recorder, view: View, { all }: Naive): void {
  if (one.do === 'publish') recorder.record(published(all.at(-1)!.sent))
  else if (one.do === 'clear') recorder.clear()
  else if (one.do === 'pause') view.pause()
  else if (one.do === 'resume') view.resume()
  else if (one.do === 'look') view.matching()
  else if ('of' in one) outcome(one.do, one.ms, all.at(-1 - one.of)?.sent, recorder)
}

function outcome(
  fate: string,
  ms: number,
  sent: ReturnType<typeof event> | undefined,
  recorder: Recorder,
): void {
  if (sent === undefined) return
  if (fate === 'handle') recorder.record(handled(sent, 'mail', ms))
  else recorder.record(fate === 'fail' ? failed(sent) : unhandled(sent))
}

test('whatever happens, rows, pause and counts agree with a plain list', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const recorder = new Recorder({ capacity: 16 })
      const view = new View(recorder.rows, () => 0)
      view.setFilter('is:error | topic:a')
      const naive = new Naive()
      for (const one of steps) {
        naive.take(one)
        perform(one, recorder, view, naive)
      }

      const { all, cleared, counts } = naive
      const end = naive.pausedAt ?? all.length
      const oldest = Math.max(cleared, all.length - 16)
      const rows = all.map(({ sent, bad }, row) => ({ sent, bad, row })).slice(oldest)
      expect(rows.map(({ row }) => recorder.rows.eventAt(row))).toEqual(rows.map(({ sent }) => sent))
      expect(rows.map(({ sent }) => recorder.rows.rowOfId(sent.id))).toEqual(rows.map(({ row }) => row))
      expect(recorder.rows.discarded).toBe(Math.max(0, all.length - cleared - 16))
      expect(recorder.statistics.all).toMatchObject(counts)
      expect(view.arrivedMeanwhile).toBe(all.length - end)
      const shown = rows.filter(({ sent, bad, row }) => (bad || sent.type === 'a') && row < end)
      const matching = view.matching()
      expect(matching.slice(0, 100)).toEqual(shown.map(({ row }) => row).toReversed())
      for (const [place, { row }] of shown.toReversed().entries())
        expect(matching.positionOf(row)).toBe(place)
    }),
  )
})

test('percentiles are within 3.2 % of those of the sorted durations', () => {
  const durations = fc.array(fc.double({ min: 0.001, max: 100_000, noNaN: true }), {
    minLength: 1,
    maxLength: 200,
  })
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (list, share) => {
      const recorder = new Recorder({ capacity: 16 })
      for (const [index, ms] of list.entries()) recorder.record(handled(event(String(index)), 'h', ms))
      const { ms } = recorder.statistics.of('a.b').figures(0)
      const exact = list.toSorted((a, b) => a - b)[Math.ceil(list.length * share) - 1]!
      const answer = share === 0.5 ? ms.p50 : share === 0.95 ? ms.p95 : ms.p99
      expect(ms.samples).toBe(list.length)
      expect(Math.abs(answer - exact) / exact).toBeLessThan(0.032)
    }),
  )
})

test('rates and sparklines agree with a count of the times', () => {
  const times = fc.array(fc.integer({ min: 100_000, max: 160_000 }), { maxLength: 100 })
  fc.assert(
    fc.property(times, (list) => {
      const recorder = new Recorder({ capacity: 16 })
      for (const at of list) recorder.record(published(event(String(at)), at))
      const within = (from: number, to: number): number => list.filter((at) => at >= from && at < to).length
      expect(recorder.statistics.all.seconds.rate(161_000)).toBe(within(156_000, 161_000) / 5)
      expect(recorder.statistics.all.seconds.last(3, 161_000)).toEqual([
        within(158_000, 159_000),
        within(159_000, 160_000),
        within(160_000, 161_000),
      ])
    }),
  )
})
