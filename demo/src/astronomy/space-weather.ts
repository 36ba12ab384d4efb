import { SEVERITIES, type Severity } from '../catalog/cosmic.ts'
import { createRandom, type Random } from '../random.ts'

/** What NOAA says of a storm. Kp goes in thirds: 6.67 is written 7−. */
export interface Storm {
  readonly kp_index: number
  readonly severity: Severity
}

interface Grade {
  /** Storm days in a solar cycle of eleven years, by NOAA's Space Weather Scales. */
  readonly days: number
  readonly kp: readonly [number, ...number[]]
  readonly word: string
}

const grades: Readonly<Record<Severity, Grade>> = {
  G1: { days: 900, kp: [5, 5.33], word: 'minor' },
  G2: { days: 360, kp: [5.67, 6, 6.33], word: 'moderate' },
  G3: { days: 130, kp: [6.67, 7, 7.33], word: 'strong' },
  G4: { days: 60, kp: [7.67, 8, 8.33, 8.67], word: 'severe' },
  G5: { days: 4, kp: [9], word: 'extreme' },
}

const CYCLE = 4_018 // days
const DAY = 86_400_000 // ms
const PERIOD = 3 * 3_600_000 // ms: Kp is an index of three hours

export function wordFor(severity: Severity): string {
  return grades[severity].word
}

/** NOAA's grade for a Kp index; undefined below 5−. Kp 9− is still G4. */
export function severityOf(kp: number): Severity | undefined {
  return kp < 9 ? SEVERITIES[Math.min(Math.round(kp), 8) - 5] : 'G5'
}

/** As observatories write it: 6.67 is 7−, 7.33 is 7+. */
export function kpText(kp: number): string {
  const whole = Math.round(kp)
  const third = kp - whole
  return `${whole}${third > 0.2 ? '+' : ''}${third < -0.2 ? '−' : ''}`
}

/** A storm, each grade as likely as the other. */
export function anyStorm(random: Random): Storm {
  return stormOf(random.pick(SEVERITIES), random)
}

/** The storm that begins on a day (epoch ms at its midnight), if one does; always the same for a seed. */
export function stormOn(seed: number, day: number): (Storm & { readonly at: number }) | undefined {
  const random = createRandom(seed ^ Math.imul(day / DAY, 0x9e3779b1))
  let left = random.next() * CYCLE
  const severity = SEVERITIES.find((one) => (left -= grades[one].days) < 0)
  if (severity === undefined) return undefined
  return { at: day + random.whole(0, DAY / PERIOD - 1) * PERIOD, ...stormOf(severity, random) }
}

function stormOf(severity: Severity, random: Random): Storm {
  return { severity, kp_index: random.pick(grades[severity].kp) }
}
