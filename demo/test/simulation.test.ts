import { expect, test } from '@playwright/test'
import type { Clock } from '@heliobus/core'
import { createSimulation, type Simulation } from '../src/simulation.ts'

interface Run {
  readonly simulation: Simulation
  readonly drafts: readonly { readonly type: string; readonly data: unknown }[]
  pass(ms: number): void
}

function begin(seed = 7): Run {
  const drafts: { readonly type: string; readonly data: unknown }[] = []
  const timers = new Map<number, { readonly run: () => void; readonly at: number }>()
  let now = 0
  let nextTimer = 0
  const clock: Clock = {
    now: () => now,
    elapsed: () => now,
    setTimeout(run, ms) {
      timers.set(++nextTimer, { run, at: now + ms })
      return nextTimer
    },
    clearTimeout: (timer) => void timers.delete(Number(timer)),
  }
  const pass = (ms: number): void => {
    for (const end = now + ms; now < end; now++)
      for (const [id, { run, at }] of timers) if (at <= now && timers.delete(id)) run()
  }
  const simulation = createSimulation({
    seed,
    clock,
    publish: ({ type, data }) => drafts.push({ type, data }),
  })
  return { simulation, drafts, pass }
}

test('the same seed gives the same events, however they are asked for', () => {
  const [first, second] = [begin(), begin()]
  first.simulation.burst(500)
  second.simulation.burst(200)
  second.simulation.storm()
  second.simulation.burst(300)
  expect(second.drafts.toSpliced(200, 1)).toEqual(first.drafts)
  expect(new Set(first.drafts.map(({ type }) => type)).size).toBeGreaterThan(15)
})

test('another seed gives other events', () => {
  const [first, second] = [begin(7), begin(8)]
  first.simulation.burst(20)
  second.simulation.burst(20)
  expect(second.drafts).not.toEqual(first.drafts)
})

for (const rate of [1, 20, 333, 10_000]) {
  test(`at ${rate}/s, ${rate * 3} events come in three seconds`, () => {
    const { simulation, drafts, pass } = begin()
    simulation.rate = rate
    simulation.start()
    pass(3_050)
    expect(drafts.length).toBeGreaterThanOrEqual(rate * 3)
    expect(drafts.length).toBeLessThanOrEqual(rate * 3.1)
  })
}

test('stopped it is still, and goes on from there when it is started again', () => {
  const { simulation, drafts, pass } = begin()
  simulation.start()
  simulation.start()
  pass(1_000)
  simulation.stop()
  const then = drafts.length
  pass(5_000)
  expect(drafts).toHaveLength(then)
  expect(simulation.isRunning).toBe(false)
  simulation.start()
  pass(1_010)
  expect(drafts.length - then).toBeLessThanOrEqual(21)
  expect(drafts.length).toBeGreaterThan(then)
})
