import type { Clock } from '@heliobus/core'
import { iso } from './almanac.ts'
import { anyStorm } from './astronomy/space-weather.ts'
import type { ObservatoryDraft } from './catalog/catalog.ts'
import { SolarStormDetected } from './catalog/cosmic.ts'
import { createHeavens } from './heavens.ts'
import type { Person } from './people/person.ts'
import { createPopulation } from './people/population.ts'
import { createRandom } from './random.ts'
import { stationIncident } from './station.ts'

export interface SimulationOptions {
  /** The same seed gives the same people, doing the same in the same order, and the same storms on the same dates. */
  readonly seed: number
  /** The date the sky begins with, epoch ms. */
  readonly start: number
  readonly clock: Clock
  readonly publish: (draft: ObservatoryDraft) => void
}

/** What a visitor has set. */
export interface SimulationState {
  readonly isRunning: boolean
  /** Events a second by people and machines, 1 to 10,000. */
  readonly rate: number
  /** How much faster time runs in the sky: 3,600 is an hour a second. */
  readonly speed: number
}

/** People, sky and machines, who publish. Fits `useSyncExternalStore`. */
export interface Simulation {
  readonly state: () => SimulationState
  readonly subscribe: (onChange: () => void) => () => void
  readonly set: (change: Partial<Pick<SimulationState, 'rate' | 'speed'>>) => void
  readonly start: () => void
  /** What is left of a burst is forgotten. */
  readonly stop: () => void
  /** Publishes `count` events of people and machines as fast as the page allows, also while all else stands still. */
  readonly burst: (count: number) => void
  /** Publishes a solar storm. It takes nothing from the seeded sequence. */
  readonly storm: () => void
  readonly people: ReadonlyMap<string, Person>
  /** In the sky, epoch ms. */
  readonly date: () => number
}

const TICK = 10 // ms
const MOST = 200 // events at a time, so that the page stays free for the rest; what is over is not made up for
const LONGEST = 1_000 // ms that pass at a time: a laptop that slept goes on where it was
const STATION = 0.1 // of the events come from machines

export function createSimulation({ seed, start, clock, publish }: SimulationOptions): Simulation {
  const random = createRandom(seed)
  const storms = createRandom(seed + 1)
  const population = createPopulation(seed, random)
  const heavens = createHeavens({ seed, start, onMoment: ({ draft }) => publish(draft) })
  const listeners = new Set<() => void>()
  let state: SimulationState = { isRunning: false, rate: 2, speed: 21_600 }
  let timer: unknown
  let before = 0
  let owed = 0
  let burstLeft = 0

  const change = (part: Partial<SimulationState>): void => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }
  const happen = (): void => {
    publish(random.next() < STATION ? stationIncident(random) : population.act())
  }
  const pass = (ms: number): void => {
    if (!state.isRunning) return
    heavens.pass(ms * state.speed)
    owed = Math.min(owed + (state.rate * ms) / 1_000, MOST)
  }
  const publishDue = (): void => {
    const due = Math.floor(owed)
    const extra = Math.min(burstLeft, MOST - due)
    owed -= due
    burstLeft -= extra
    for (let left = due + extra; left > 0; left--) happen()
  }
  const tick = (): void => {
    const now = clock.elapsed()
    pass(Math.min(now - before, LONGEST))
    before = now
    publishDue()
    // After the events: arrivals and clicks get their turn.
    timer = state.isRunning || burstLeft > 0 ? clock.setTimeout(tick, TICK) : undefined
  }
  const wake = (): void => {
    if (timer !== undefined) return
    before = clock.elapsed()
    timer = clock.setTimeout(tick, TICK)
  }

  return {
    state: () => state,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    set: change,
    start() {
      change({ isRunning: true })
      wake()
    },
    stop() {
      clock.clearTimeout(timer)
      timer = undefined
      owed = burstLeft = 0
      change({ isRunning: false })
    },
    burst(count) {
      burstLeft += count
      wake()
    },
    storm: () => publish(SolarStormDetected({ at: iso(heavens.date), ...anyStorm(storms) })),
    people: population.people,
    date: () => heavens.date,
  }
}
