import { expect, test } from '@playwright/test'
import { createManualClock } from '@heliobus/testing'
import type { ObservatoryDraft } from '../src/catalog/catalog.ts'
import { createSimulation, type Simulation } from '../src/simulation.ts'
import { runModules } from './running-modules.ts'

interface Drafted {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

interface Run {
  readonly simulation: Simulation
  readonly drafts: readonly Drafted[]
  /** What people and machines did, without the sky. */
  readonly doings: () => readonly Drafted[]
  readonly sky: () => readonly Drafted[]
  pass(ms: number): void
}

function begin(seed = 7): Run {
  const drafts: Drafted[] = []
  const clock = createManualClock()
  const simulation = createSimulation({
    seed,
    start: Date.UTC(2026, 0, 1),
    clock,
    publish: ({ type, data }) => drafts.push({ type, data }),
  })
  const isSky = ({ type }: Drafted): boolean => type.startsWith('cosmic.')
  return {
    simulation,
    drafts,
    doings: () => drafts.filter((draft) => !isSky(draft)),
    sky: () => drafts.filter(isSky),
    pass: clock.advance,
  }
}

test('the same seed gives the same events, however they are asked for', () => {
  const [first, second] = [begin(), begin()]
  first.simulation.burst(500)
  first.pass(1_000)
  second.simulation.burst(200)
  second.pass(1_000)
  second.simulation.storm()
  second.simulation.burst(300)
  second.pass(1_000)
  expect(first.drafts).toHaveLength(500)
  expect(second.drafts.toSpliced(200, 1)).toEqual(first.drafts)
  expect(new Set(first.drafts.map(({ type }) => type)).size).toBeGreaterThan(12)
})

test('another seed gives other events', () => {
  const [first, second] = [begin(7), begin(8)]
  for (const { simulation, pass } of [first, second]) {
    simulation.burst(20)
    pass(100)
  }
  expect(second.drafts).not.toEqual(first.drafts)
})

test('a run is the same the second time, its sky too', () => {
  const [first, second] = [begin(), begin()]
  for (const { simulation, pass } of [first, second]) {
    simulation.set({ speed: 604_800, rate: 100 })
    simulation.start()
    pass(5_000)
  }
  expect(first.sky().length).toBeGreaterThan(20)
  expect(second.drafts).toEqual(first.drafts)
})

test('a burst comes in slices, so that the page stays free', () => {
  const { simulation, drafts, pass } = begin()
  simulation.burst(1_000)
  expect(drafts).toHaveLength(0)
  pass(15)
  expect(drafts).toHaveLength(200)
  pass(100)
  expect(drafts).toHaveLength(1_000)
})

for (const rate of [1, 20, 333, 10_000]) {
  test(`at ${rate}/s, ${rate * 3} events come in three seconds`, () => {
    const { simulation, doings, pass } = begin()
    simulation.set({ rate })
    simulation.start()
    pass(3_050)
    expect(doings().length).toBeGreaterThanOrEqual(rate * 3)
    expect(doings().length).toBeLessThanOrEqual(rate * 3.1)
  })
}

test('time in the sky runs as fast as it is set', () => {
  const { simulation, pass } = begin()
  const start = simulation.date()
  simulation.set({ speed: 3_600 })
  simulation.start()
  pass(10_005)
  expect(simulation.date() - start).toBeGreaterThan(9.9 * 3_600_000)
  expect(simulation.date() - start).toBeLessThan(10.1 * 3_600_000)
})

test('stopped it is still, and goes on from there when it is started again', () => {
  const { simulation, drafts, doings, pass } = begin()
  simulation.set({ rate: 20 })
  simulation.start()
  simulation.start()
  pass(1_000)
  simulation.stop()
  const [then, doneThen, date] = [drafts.length, doings().length, simulation.date()]
  pass(5_000)
  expect(drafts).toHaveLength(then)
  expect(simulation.date()).toBe(date)
  expect(simulation.state().isRunning).toBe(false)
  simulation.start()
  pass(1_010)
  expect(doings().length - doneThen).toBeLessThanOrEqual(21)
  expect(doings().length).toBeGreaterThan(doneThen)
})

test('by default it is calm: a handful of events a second, with all that the modules answer', async () => {
  const { bus, clock, advance } = runModules()
  const publish = (draft: ObservatoryDraft): void => void bus.publish(draft)
  createSimulation({ seed: 7, start: Date.UTC(2026, 0, 1), clock, publish }).start()
  await advance(20_000)
  const perSecond = bus.stats().published / 20
  expect(perSecond).toBeGreaterThan(1)
  expect(perSecond).toBeLessThan(6)
})
