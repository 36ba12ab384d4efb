import { aspectsWithin } from './astronomy/aspects.ts'
import { fullMoonWithin, moonAt } from './astronomy/moon.ts'
import { stormOn } from './astronomy/space-weather.ts'
import { zodiacPlace } from './astronomy/zodiac.ts'
import type { ObservatoryDraft } from './catalog/catalog.ts'
import { FullMoon, SolarStormDetected, TransitExact } from './catalog/cosmic.ts'

/** Something that happens in the sky. */
export interface SkyMoment {
  /** Epoch milliseconds. */
  readonly at: number
  readonly draft: ObservatoryDraft
}

const DAY = 86_400_000 // ms

/**
 * All that happens in the sky from `from` (epoch ms) on, in order and without end. Moon and planets are the true ones,
 * storms are those of the seed.
 */
export function* skyMoments(seed: number, from: number): Generator<SkyMoment, never> {
  for (let day = from - (from % DAY); ; day += DAY) {
    yield* momentsOf(seed, day)
      .filter(({ at }) => at >= from)
      .toSorted((a, b) => a.at - b.at)
  }
}

function momentsOf(seed: number, day: number): readonly SkyMoment[] {
  return [...stormOf(seed, day), ...fullMoonOf(day), ...transitsOf(day)]
}

function stormOf(seed: number, day: number): readonly SkyMoment[] {
  const storm = stormOn(seed, day)
  if (storm === undefined) return []
  const { at, kp_index, severity } = storm
  return [{ at, draft: SolarStormDetected({ at: iso(at), kp_index, severity }) }]
}

function fullMoonOf(day: number): readonly SkyMoment[] {
  const at = fullMoonWithin(day, day + DAY)
  if (at === undefined) return []
  return [{ at, draft: FullMoon({ at: iso(at), ...zodiacPlace(moonAt(at).longitude) }) }]
}

function transitsOf(day: number): readonly SkyMoment[] {
  return aspectsWithin(day, day + DAY).map(({ at, ...aspect }) => ({
    at,
    draft: TransitExact({ at: iso(at), ...aspect }),
  }))
}

/** To the second. */
export function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
