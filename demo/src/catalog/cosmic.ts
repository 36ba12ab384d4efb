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

export const PLANETS = [
  'Sun',
  'Moon',
  'Mercury',
  'Venus',
  'Mars',
  'Jupiter',
  'Saturn',
  'Uranus',
  'Neptune',
] as const

export const ASPECTS = ['conjunction', 'sextile', 'square', 'trine', 'opposition'] as const

/** NOAA's scale of geomagnetic storms: G1 at Kp 5, G5 at Kp 9. */
export const SEVERITIES = ['G1', 'G2', 'G3', 'G4', 'G5'] as const

export const SolarStormDetected = defineEvent('cosmic.solar_storm.detected', {
  data: z.object({ kp_index: z.number().min(0).max(9), severity: z.enum(SEVERITIES) }),
  summary: 'A geomagnetic storm crossed the detection threshold',
  trigger: 'Kp index of 5 or more',
  producer: 'solar_tracking',
  consumers: {
    solar_tracking: 'remembers the last storm',
    synthesis: 'forgets every synthesis and triggers a new one',
    notification: 'warns everybody',
  },
  examples: [{ kp_index: 8, severity: 'G4' }],
})

export const FullMoon = defineEvent('cosmic.full_moon', {
  data: z.object({ sign: z.enum(SIGNS), degree: z.number().min(0).lt(30) }),
  summary: 'The moon is full',
  trigger: 'Sun and moon stand opposite each other',
  producer: 'lunar',
  consumers: { lunar: 'remembers its sign', notification: 'announces it' },
  examples: [{ sign: 'Leo', degree: 13.2 }],
})

export const TransitExact = defineEvent('cosmic.transit.exact', {
  data: z.object({ planet: z.enum(PLANETS), aspect: z.enum(ASPECTS), natal: z.enum(PLANETS) }),
  summary: 'A transit to somebody’s chart is exact',
  trigger: 'A planet reaches an aspect to a natal position',
  producer: 'transits',
  consumers: { transits: 'remembers the last one', notification: 'tells the person' },
  examples: [{ planet: 'Saturn', aspect: 'trine', natal: 'Venus' }],
})
