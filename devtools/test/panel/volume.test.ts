import { createBus } from '@heliobus/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Recorder } from '../../src/model/recorder.ts'
import { hueOf } from '../../src/panel/look/hue.ts'
import { Volume } from '../../src/panel/overview/volume.ts'

function createScene(width = 1_000) {
  let now = 0
  const bus = createBus({
    clock: { now: () => now, elapsed: () => now, setTimeout: () => 0, clearTimeout: () => {} },
    logger: { log: () => {} },
  })
  const recorder = new Recorder({ capacity: 256 })
  recorder.start(bus)
  const volume = new Volume(recorder.rows, width)
  const publishAt = (at: number, topic: string): void => {
    now = at
    bus.publish(topic, 1)
  }
  return { bus, recorder, volume, publishAt }
}

const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0)

describe('volume over time', () => {
  test('counts events by the second and by the hue of their domain', () => {
    const { volume, publishAt } = createScene()
    for (const [at, topic] of [
      [5_100, 'order.paid'],
      [5_900, 'user.created'],
      [7_000, 'order.created'],
    ] as const)
      publishAt(at, topic)
    volume.update()
    const bars = volume.bars(0, 10_000)
    expect(bars.map(({ at, counts }) => [at, total(counts)])).toEqual([
      [5_000, 2],
      [7_000, 1],
    ])
    expect(bars[1]!.counts[hueOf('order.created')]).toBe(1)
  })

  test('counts an event that failed once, also when it fails later', async () => {
    const { bus, volume, publishAt } = createScene()
    bus.subscribe('a', () => Promise.reject(new Error('no')))
    bus.subscribe('a', () => {
      throw new Error('no')
    })
    publishAt(5_000, 'a')
    volume.update()
    await Promise.resolve()
    await new Promise((resolve) => setTimeout(resolve))
    volume.update()
    volume.update()
    expect(volume.bars(0, 10_000)[0]!.errors).toBe(1)
  })

  test('is empty when the list was emptied, however many events had left it', () => {
    const { recorder, volume, publishAt } = createScene()
    for (let n = 0; n < 300; n++) publishAt(5_000, 'a')
    volume.update()
    expect(volume.bars(0, 10_000)).toHaveLength(1)
    recorder.clear()
    publishAt(7_000, 'a')
    volume.update()
    expect(volume.bars(0, 10_000).map(({ at, counts }) => [at, total(counts)])).toEqual([[7_000, 1]])
  })

  test('keeps ten minutes: what is older has no bar, and what comes late harms none', () => {
    const { volume, publishAt } = createScene()
    publishAt(1_000, 'a')
    volume.update()
    publishAt(1_000_000, 'a')
    volume.update()
    expect(volume.bars(0, 1_001_000).map(({ at }) => at)).toEqual([1_000_000])
  })

  test('whatever comes when, each event that is still kept is counted once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { maxLength: 200 }), (events) => {
        const { volume, publishAt } = createScene()
        const times = events.map(([at]) => at).toSorted((a, b) => a - b)
        for (const [index, at] of times.entries()) {
          publishAt(at, 'a')
          if (events[index]![1]) volume.update()
        }
        volume.update()
        const sum = volume.bars(0, 30_000).reduce((all, { counts }) => all + total(counts), 0)
        expect(sum).toBe(times.length)
      }),
    )
  })
})
