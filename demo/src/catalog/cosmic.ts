import { defineEvent } from '@heliobus/core'
import * as z from 'zod'

export const SIGNS = [
  'Aries',
  'Taurus',
  'Gemini',
  'Cancer',
  'Leo',
  'Virgo',
  'Libra',
  'Scorpio',
  'Sagittarius',
  'Capricorn',
  'Aquarius',
  'Pisces',
] as const

/** What wanders among the stars as seen from Earth: the sun too, as of old. The moon has events of its own. */
export const PLANETS = ['Sun', 'Mercury', 'Venus', 'Mars', 'Jupiter', 'Saturn', 'Uranus', 'Neptune'] as const

export const ASPECTS = ['conjunction', 'sextile', 'square', 'trine', 'opposition'] as const

/** NOAA's scale of geomagnetic storms: G1 at Kp 5, G5 at Kp 9. */
export const SEVERITIES = ['G1', 'G2', 'G3', 'G4', 'G5'] as const

export type Planet = (typeof PLANETS)[number]
export type AspectName = (typeof ASPECTS)[number]
export type Severity = (typeof SEVERITIES)[number]

/** The moment in the sky, which runs faster here than the clock on the wall. */
const at = z.iso.datetime()

export const SolarStormDetected = defineEvent('cosmic.solar_storm.detected', {
  data: z.object({ at, kp_index: z.number().min(0).max(9), severity: z.enum(SEVERITIES) }),
  summary: 'A geomagnetic storm crossed the detection threshold',
  trigger: 'Kp index of 5 or more',
  producer: 'solar_tracking',
  consumers: {
    solar_tracking: 'remembers the last storm',
    synthesis: 'forgets every synthesis and triggers a new one',
    notification: 'warns everybody',
  },
  examples: [{ at: '2024-05-11T00:00:00Z', kp_index: 9, severity: 'G5' }],
})

export const FullMoon = defineEvent('cosmic.full_moon', {
  data: z.object({ at, sign: z.enum(SIGNS), degree: z.number().min(0).lt(30) }),
  summary: 'The moon is full',
  trigger: 'Sun and moon stand opposite each other',
  producer: 'lunar',
  consumers: { lunar: 'remembers its sign', notification: 'announces it' },
  examples: [{ at: '2026-01-03T10:03:00Z', sign: 'Cancer', degree: 13 }],
})

export const TransitExact = defineEvent('cosmic.transit.exact', {
  data: z.object({ at, planet: z.enum(PLANETS), aspect: z.enum(ASPECTS), other: z.enum(PLANETS) }),
  summary: 'Two planets stand at an exact angle',
  trigger: 'Their longitudes, as seen from Earth, differ by just the aspect’s angle',
  producer: 'transits',
  consumers: { transits: 'remembers the last one', notification: 'tells everybody' },
  examples: [{ at: '2026-02-20T16:53:00Z', planet: 'Saturn', aspect: 'conjunction', other: 'Neptune' }],
})
