import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Pulse } from '../../src/panel/state/pulse.ts'

/** A pulse whose frames and time are moved by hand, 60 frames a second. */
function createScene(costOfDrawing = 0): {
  pulse: Pulse
  seconds: (count: number, eachFrame?: () => void) => number
  pending: () => number
  arrive: () => void
} {
  let [now, mark, drawn] = [0, 0, 0]
  let due = new Map<number, () => void>()
  let handle = 0
  const frames = {
    requestAnimationFrame: (draw: () => void): number => {
      due.set(++handle, draw)
      return handle
    },
    cancelAnimationFrame: (frame: number): void => void due.delete(frame),
  }
  const pulse = new Pulse({ frames, elapsed: () => now, mark: () => mark })
  pulse.listen(() => {
    drawn++
    now += costOfDrawing
  })
  const seconds = (count: number, eachFrame = (): void => {}): number => {
    const [before, end] = [drawn, now + count * 1_000]
    while (now < end) {
      now += 1_000 / 60
      eachFrame()
      const ready = due
      due = new Map()
      for (const draw of ready.values()) draw()
    }
    return drawn - before
  }
  return { pulse, seconds, pending: () => due.size, arrive: () => void mark++ }
}

describe('a pulse', () => {
  test('draws 15 times a second while events flow, though they come with every frame', () => {
    const { pulse, seconds, arrive } = createScene()
    pulse.start()
    seconds(1, arrive)
    expect(seconds(10, arrive)).toBeGreaterThanOrEqual(148)
    expect(seconds(10, arrive)).toBeLessThanOrEqual(152)
  })

  test('draws once a second while nothing comes, so that rates can fall', () => {
    const { pulse, seconds } = createScene()
    pulse.start()
    seconds(1)
    expect(seconds(10)).toBeGreaterThanOrEqual(9)
    expect(seconds(10)).toBeLessThanOrEqual(10)
  })

  test('draws every frame while hands are on it', () => {
    const { pulse, seconds, arrive } = createScene()
    pulse.start()
    const handsOn = (): void => {
      arrive()
      pulse.touch()
    }
    expect(seconds(2, handsOn)).toBeGreaterThanOrEqual(118)
  })

  test('draws nothing and asks for no frame once stopped, and goes on in another window', () => {
    const { pulse, seconds, pending, arrive } = createScene()
    pulse.start()
    seconds(1, arrive)
    pulse.stop()
    expect(pending()).toBe(0)
    expect(seconds(3, arrive)).toBe(0)

    const other = createScene()
    let moved = 0
    pulse.listen(() => void moved++)
    pulse.start({
      requestAnimationFrame: (draw) => {
        if (moved < 3) queueMicrotask(draw)
        return 1
      },
      cancelAnimationFrame: () => {},
    })
    expect(other.pending()).toBe(0)
    pulse.stop()
  })

  test('becomes slower when drawing costs the app too much, says so, and recovers', () => {
    let cost = 20
    const { pulse, seconds, arrive } = createScene()
    const dear = createScene(20)
    dear.pulse.start()
    dear.seconds(10, dear.arrive)
    expect(dear.pulse.spares).toBe(true)
    expect(dear.pulse.rate).toBe(3) // 3 × 20 ms are 6 % of a second
    expect(dear.seconds(10, dear.arrive)).toBeLessThanOrEqual(31)

    cost = 0
    pulse.start()
    seconds(10, arrive)
    expect(cost).toBe(0)
    expect(pulse.spares).toBe(false)
  })

  test('never takes more than about 6 % of the time while nobody interacts, whatever a frame costs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (cost) => {
        const { pulse, seconds, arrive } = createScene(cost)
        pulse.start()
        seconds(20, arrive)
        const drawn = seconds(20, arrive)
        expect((drawn * cost) / 20_000).toBeLessThanOrEqual(0.068)
      }),
      { numRuns: 30 },
    )
  })
})
