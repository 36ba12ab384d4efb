import type { Clock } from '@heliobus/core'
import type { ObservatoryDraft } from './catalog/catalog.ts'
import { type Chance, draw } from './chance.ts'
import { people } from './people.ts'
import { createRandom } from './random.ts'
import { sky, storm } from './sky.ts'
import { station } from './station.ts'

export interface SimulationOptions {
  /** The same seed gives the same events in the same order. */
  readonly seed: number
  readonly clock: Clock
  readonly publish: (draft: ObservatoryDraft) => void
}

/** People, sky and machines, who publish. */
export interface Simulation {
  readonly isRunning: boolean
  /** Events a second, 1 to 10,000. */
  rate: number
  start(): void
  stop(): void
  /** Publishes `count` events at once. */
  burst(count: number): void
  /** Publishes a solar storm. It takes nothing from the seeded sequence. */
  storm(): void
}

const TICK = 10 // ms
const MOST = 200 // events at a time, so that the page stays free for the rest; what is over is not made up for

const chances: readonly [Chance, ...Chance[]] = [{ weight: 0, happen: storm }, ...people, ...sky, ...station]

export function createSimulation({ seed, clock, publish }: SimulationOptions): Simulation {
  const random = createRandom(seed)
  const storms = createRandom(seed + 1)
  let timer: unknown
  let before = 0
  let owed = 0

  const happen = (): void => {
    const chance = draw(chances, random)
    publish(chance.happen(random, `u${seed}-${random.whole(1, 500)}`))
  }
  const burst = (count: number): void => {
    for (let left = count; left > 0; left--) happen()
  }
  const tick = (): void => {
    const now = clock.elapsed()
    owed = Math.min(owed + (simulation.rate * (now - before)) / 1_000, MOST)
    before = now
    const due = Math.floor(owed)
    owed -= due
    burst(due)
    timer = clock.setTimeout(tick, TICK) // after the burst: arrivals and clicks get their turn
  }

  const simulation: Simulation = {
    get isRunning() {
      return timer !== undefined
    },
    rate: 20,
    start() {
      if (timer !== undefined) return
      before = clock.elapsed()
      timer = clock.setTimeout(tick, TICK)
    },
    stop() {
      clock.clearTimeout(timer)
      timer = undefined
      owed = 0
    },
    burst,
    storm: () => publish(storm(storms)),
  }
  return simulation
}
