import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Histogram } from '../src/histogram.ts'

const lowest = 2 ** -10
const highest = 2 ** 22

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

/** The nearest-rank percentile: the smallest value that the given share of all values does not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(values.length * share) - 1]!
}

function expectWithin3And2Tenths(actual: number, expected: number): void {
  expect(actual).toBeGreaterThan(expected * (1 - 0.032))
  expect(actual).toBeLessThan(expected * (1 + 0.032))
}

/** As many short durations as long ones: all orders of magnitude from a microsecond to an hour. */
const durations = fc.oneof(
  fc.double({ min: -9.9, max: 21.9, noNaN: true }).map((power) => 2 ** power),
  fc.integer({ min: -9 * 8, max: 21 * 8 }).map((step) => 2 ** (step / 8)), // on the edges of the buckets
  fc.double({ min: 0.5, max: 50, noNaN: true }),
)

describe('a histogram', () => {
  it('tells percentiles within 3.2 % of the true ones', () => {
    fc.assert(
      fc.property(
        fc.array(durations, { minLength: 1, maxLength: 200, size: 'max' }),
        fc.constantFrom(0.01, 0.5, 0.75, 0.95, 0.99, 1),
        (values, share) => {
          expectWithin3And2Tenths(histogramOf(values).percentile(share), percentile(values, share))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('tells rising percentiles for rising shares, and does not care in which order durations came', () => {
    const shares = [0, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 1]
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1 }), (values) => {
        const histogram = histogramOf(values)
        const backwards = histogramOf(values.toReversed())
        const told = shares.map((share) => histogram.percentile(share))
        expect(told).toEqual(told.toSorted((a, b) => a - b))
        expect(shares.map((share) => backwards.percentile(share))).toEqual(told)
      }),
    )
  })

  it('of a thousand durations knows the middle and the tail', () => {
    const histogram = histogramOf(Array.from({ length: 1_000 }, (_, index) => index + 1))
    expectWithin3And2Tenths(histogram.percentile(0.5), 500)
    expectWithin3And2Tenths(histogram.percentile(0.95), 950)
    expectWithin3And2Tenths(histogram.percentile(0.99), 990)
    expect(histogram.samples).toBe(1_000)
  })

  it('without samples is 0', () => {
    const histogram = new Histogram()
    expect(histogram.samples).toBe(0)
    for (const share of [0, 0.5, 1]) expect(histogram.percentile(share)).toBe(0)
  })

  it.each([0, -0, -1, -1e9, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, lowest / 2, Number.NaN])(
    'counts what is too short to measure as about a microsecond: %d ms',
    (ms) => {
      const histogram = histogramOf([ms])
      expect(histogram.samples).toBe(1)
      expect(histogram.percentile(1)).toBeCloseTo(lowest, 3)
      expect(histogram.percentile(1)).toBeGreaterThan(0)
    },
  )

  it.each([highest, highest * 2, 1e15, Number.MAX_VALUE, Number.POSITIVE_INFINITY])(
    'counts what is longer than 70 minutes as 70 minutes: %d ms',
    (ms) => {
      const histogram = histogramOf([1, ms])
      expect(histogram.samples).toBe(2)
      expectWithin3And2Tenths(histogram.percentile(1), highest)
      expectWithin3And2Tenths(histogram.percentile(0.5), 1)
    },
  )

  it('loses no sample, whatever the duration', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        const histogram = histogramOf(values)
        expect(histogram.samples).toBe(values.length)
        const top = histogram.percentile(1)
        expect(top > 0 && Number.isFinite(top)).toBe(values.length > 0)
      }),
    )
  })
})
