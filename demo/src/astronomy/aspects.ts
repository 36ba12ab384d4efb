import { Body, Ecliptic, GeoVector, MakeTime, Search } from 'astronomy-engine'
import { type AspectName, ASPECTS, type Planet, PLANETS } from '../catalog/cosmic.ts'
import { between } from './angle.ts'

/** In degrees. */
export const ASPECT_ANGLES: Readonly<Record<AspectName, number>> = {
  conjunction: 0,
  sextile: 60,
  square: 90,
  trine: 120,
  opposition: 180,
}

/** Two planets at an exact angle, as seen from Earth. */
export interface ExactAspect {
  /** Epoch milliseconds. The library's arcminute makes it minutes for the quick planets, hours for two slow ones. */
  readonly at: number
  readonly planet: Planet
  readonly aspect: AspectName
  readonly other: Planet
}

interface Target {
  readonly aspect: AspectName
  readonly angle: number
}

/** Both ways round. */
const targets: readonly Target[] = ASPECTS.flatMap((aspect) => {
  const angle = ASPECT_ANGLES[aspect]
  const ways = angle % 180 === 0 ? [angle] : [angle, -angle]
  return ways.map((way) => ({ aspect, angle: way }))
})

const pairs = PLANETS.flatMap((planet, index) => PLANETS.slice(index + 1).map((other) => ({ planet, other })))

/** Ecliptic longitude as seen from Earth at `time` (epoch ms), in degrees from the equinox of date. */
export function longitudeOf(planet: Planet, time: number): number {
  return Ecliptic(GeoVector(Body[planet], new Date(time), true)).elon
}

/**
 * The exact aspects from `from` until before `to` (epoch ms), in no order. The stretch should be a day or less: an aspect
 * that is entered and left again within it, at a planet's station, is not seen.
 */
export function aspectsWithin(from: number, to: number): readonly ExactAspect[] {
  const [first, last] = [from, to].map((time) => PLANETS.map((planet) => longitudeOf(planet, time)))
  const gap = (longitudes: readonly number[] = [], planet: Planet, other: Planet): number =>
    between(longitudes[PLANETS.indexOf(other)] ?? 0, longitudes[PLANETS.indexOf(planet)] ?? 0)

  return pairs.flatMap(({ planet, other }) => {
    const before = gap(first, planet, other)
    const moved = between(before, gap(last, planet, other))
    return targets
      .filter(({ angle }) => passes(between(angle, before), moved))
      .map(({ aspect, angle }) => ({
        at: moment(planet, other, angle, Math.sign(moved), from, to),
        planet,
        aspect,
        other,
      }))
  })
}

/** Whether what is `off` by some degrees and moves by `moved` passes zero. */
function passes(off: number, moved: number): boolean {
  // On the far side of the circle the sign changes too.
  return Math.abs(off) < 90 && off < 0 !== off + moved < 0
}

function moment(
  planet: Planet,
  other: Planet,
  angle: number,
  direction: number,
  from: number,
  to: number,
): number {
  const off = (time: number): number =>
    direction * between(angle, between(longitudeOf(other, time), longitudeOf(planet, time)))
  const found = Search(({ date }) => off(date.getTime()), MakeTime(new Date(from)), MakeTime(new Date(to)))
  return found?.date.getTime() ?? from
}
