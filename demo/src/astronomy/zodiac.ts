import { SIGNS } from '../catalog/cosmic.ts'

/** Where a longitude (degrees) lies in the zodiac. */
export interface ZodiacPlace {
  readonly sign: (typeof SIGNS)[number]
  /** Within the sign, from 0 to less than 30. */
  readonly degree: number
}

export function zodiacPlace(longitude: number): ZodiacPlace {
  const sign = SIGNS[Math.floor(longitude / 30)] ?? SIGNS[0]
  return { sign, degree: longitude % 30 }
}
