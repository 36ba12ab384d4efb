import { EclipticGeoMoon, MoonPhase, SearchMoonPhase } from 'astronomy-engine'
import { between } from './angle.ts'

export interface Moon {
  /** How far it is ahead of the sun, in degrees: 0 new, 90 first quarter, 180 full. */
  readonly phase: number
  /** The share of its disc that is lit, 0 to 1. */
  readonly lit: number
  readonly name: string
  /** Ecliptic longitude as seen from Earth, in degrees. */
  readonly longitude: number
}

const DAY = 86_400_000 // ms

const names = [
  'New moon',
  'Waxing crescent',
  'First quarter',
  'Waxing gibbous',
  'Full moon',
  'Waning gibbous',
  'Last quarter',
  'Waning crescent',
] as const

const NEAR = 6 // degrees, half a day: how long the four quarters are called by their names

/** The moon at `time`, in epoch ms. */
export function moonAt(time: number): Moon {
  const date = new Date(time)
  const phase = MoonPhase(date)
  const lit = (1 - Math.cos((phase * Math.PI) / 180)) / 2
  return { phase, lit, name: phaseName(phase), longitude: EclipticGeoMoon(date).lon }
}

export function phaseName(phase: number): string {
  const quarter = Math.round(phase / 90)
  const isNear = Math.abs(phase - quarter * 90) < NEAR
  const eighth = isNear ? quarter * 2 : Math.floor(phase / 90) * 2 + 1
  return names[eighth % names.length] ?? names[0]
}

/** When the moon is full from `from` until before `to` (epoch ms, days apart); undefined when it isn't. */
export function fullMoonWithin(from: number, to: number): number | undefined {
  const off = between(180, MoonPhase(new Date(from)))
  // A day brings it 12 to 15 degrees further.
  if (off > 0 || off < (-16 * (to - from)) / DAY) return undefined
  const full = SearchMoonPhase(180, new Date(from), (to - from) / DAY + 1)?.date.getTime()
  return full !== undefined && full >= from && full < to ? full : undefined
}
