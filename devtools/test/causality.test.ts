import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Recorder } from '../src/model.ts'
import { Causality } from '../src/model/causality.ts'
import { sameType } from '../src/model/same-type.ts'
import { event, published } from './signals.ts'

const step = fc.record({
  /** How many events before this one its cause was; 0 for none. */
  back: fc.nat(6),
  flow: fc.constantFrom('f1', 'f2', 'f3'),
  type: fc.constantFrom('a', 'b.c'),
  ask: fc.boolean(),
  clear: fc.integer({ min: 0, max: 20 }).map((chance) => chance === 0),
})

test('causes, effects and flows agree with a plain search, whatever has left the ring', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const recorder = new Recorder({ capacity: 16 })
      const { rows } = recorder
      const causality = new Causality(rows)
      const sent = steps.map(({ back, flow, type }, index) =>
        event(`e${index}`, type, 0, {
          correlationId: flow,
          causationId: back > 0 && back <= index ? `e${index - back}` : undefined,
        }),
      )
      for (const [index, one] of sent.entries()) {
        recorder.record(published(one))
        if (steps[index]!.ask) causality.effectsOf(rows.oldest)
        if (steps[index]!.clear) recorder.clear()
      }
      const here = sent.map((one, row) => ({ one, row })).filter(({ row }) => rows.has(row))
      const rowsWhere = (fits: (one: ReturnType<typeof event>, row: number) => boolean): number[] =>
        here.filter(({ one, row }) => fits(one, row)).map(({ row }) => row)
      for (const { one, row } of here) {
        expect(causality.effectsOf(row)).toEqual(rowsWhere(({ causationId }) => causationId === one.id))
        expect(causality.causedBy(row)).toBe(rowsWhere(({ id }) => id === one.causationId)[0])
        expect(causality.causesOf(row)[0]).toBe(causality.causedBy(row))
        expect(sameType(rows, row, -1)).toBe(
          rowsWhere(({ type }, older) => type === one.type && older < row).at(-1),
        )
        expect(sameType(rows, row, 1)).toBe(
          rowsWhere(({ type }, newer) => type === one.type && newer > row)[0],
        )
      }
      for (const flow of ['f1', 'f2', 'none'])
        expect(causality.rowsOfCorrelation(flow)).toEqual(
          rowsWhere(({ correlationId }) => correlationId === flow),
        )
    }),
  )
})

test('a chain of causes is followed to its end, a circle once around, and both at most 100 steps', () => {
  const recorder = new Recorder()
  for (let id = 0; id < 150; id++)
    recorder.record(published(event(`${id}`, 'a', 0, { causationId: `${id - 1}`, correlationId: 'f' })))
  recorder.record(published(event('x', 'a', 0, { causationId: 'y' })))
  recorder.record(published(event('y', 'a', 0, { causationId: 'x' })))
  recorder.record(published(event('self', 'a', 0, { causationId: 'self' })))
  const causality = new Causality(recorder.rows)
  expect(causality.causesOf(3)).toEqual([2, 1, 0])
  expect(causality.causesOf(149)).toHaveLength(100)
  expect(causality.causesOf(150)).toEqual([151])
  expect(causality.causesOf(152)).toEqual([])
  expect(causality.effectsOf(152)).toEqual([])
  expect(causality.rowsOfCorrelation('f', 3)).toEqual([147, 148, 149])
})
