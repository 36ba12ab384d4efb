import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeTicks } from '../../src/panel/overview/time-ticks.ts'

const NOON = Date.UTC(2026, 4, 1, 12)

describe('times over the strip', () => {
  test('stand at round times, and say no more than differs', () => {
    const minutes = timeTicks({ from: NOON - 1_000, to: NOON + 119_000 }, 13)
    expect(minutes.at.map((at) => (at - NOON) / 1_000)).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110,
    ])
    expect(minutes.labelOf(NOON + 10_000)).toMatch(/^\d\d:\d\d:10$/)
    expect(timeTicks({ from: NOON, to: NOON + 3_600_000 }, 13).labelOf(NOON + 300_000)).toMatch(/^\d\d:\d5$/)
    expect(timeTicks({ from: NOON, to: NOON + 1_000 }, 13).labelOf(NOON + 100)).toMatch(/:00\.100$/)
  })

  test('whatever is shown, there are no more than have room, all of them within it', () => {
    const most = fc.integer({ min: 2, max: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 11 }), most, (length, room) => {
        const { at } = timeTicks({ from: NOON, to: NOON + length }, room)
        expect(at.length).toBeLessThanOrEqual(room)
        for (const time of at) expect(time >= NOON && time <= NOON + length).toBe(true)
      }),
    )
  })
})
