import { Body, Ecliptic, HelioVector } from 'astronomy-engine'

/** What goes round the sun, from the inside out. */
export const ORBITS = ['Mercury', 'Venus', 'Earth', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'] as const

export type Orbiter = (typeof ORBITS)[number]

/** Ecliptic longitudes as seen from the sun at `time` (epoch ms), in degrees. */
export function orbitsAt(time: number): Readonly<Record<Orbiter, number>> {
  const date = new Date(time)
  const longitude = (name: Orbiter): number => Ecliptic(HelioVector(Body[name], date)).elon
  return {
    Mercury: longitude('Mercury'),
    Venus: longitude('Venus'),
    Earth: longitude('Earth'),
    Mars: longitude('Mars'),
    Jupiter: longitude('Jupiter'),
    Saturn: longitude('Saturn'),
    Uranus: longitude('Uranus'),
    Neptune: longitude('Neptune'),
  }
}
