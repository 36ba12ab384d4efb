import { expect, test } from '@playwright/test'
import { iso, type SkyMoment, skyMoments } from '../src/almanac.ts'
import { fullMoonWithin, moonAt, phaseName } from '../src/astronomy/moon.ts'
import { orbitsAt } from '../src/astronomy/orbits.ts'
import { kpText, severityOf } from '../src/astronomy/space-weather.ts'
import { zodiacPlace } from '../src/astronomy/zodiac.ts'
import type { ObservatoryDraft } from '../src/catalog/catalog.ts'
import { fullMoonsBetween } from './full-moons.ts'

const DAY = 86_400_000

function moments(seed: number, from: string, until: string): SkyMoment[] {
  const found: SkyMoment[] = []
  for (const moment of skyMoments(seed, Date.parse(from))) {
    if (moment.at >= Date.parse(until)) return found
    found.push(moment)
  }
  return found
}

const year2026 = moments(7, '2026-01-01', '2027-01-01')

function of<T extends ObservatoryDraft['type']>(type: T, all = year2026) {
  return all
    .map(({ draft }) => draft)
    .filter((draft): draft is Extract<ObservatoryDraft, { type: T }> => draft.type === type)
}

const TWO_MINUTES = 120_000 // ms

// As almanacs publish them, in UT.
const PUBLISHED = `2024-01-25T17:54 2024-02-24T12:30 2024-03-25T07:00 2024-04-23T23:49 2025-01-13T22:27
  2025-03-14T06:55`.split(/\s+/)

for (const minute of PUBLISHED) {
  test(`the moon is full on ${minute}, when almanacs say so`, () => {
    const published = Date.parse(`${minute}Z`)
    const found = fullMoonWithin(published - DAY / 2, published + DAY / 2)
    expect(Math.abs((found ?? 0) - published)).toBeLessThan(TWO_MINUTES)
  })
}

test('the full moons of ten years come when another way of calculating them says, none more and none less', () => {
  const [from, to] = [Date.UTC(2020, 0, 1), Date.UTC(2030, 0, 1)]
  const found = of('cosmic.full_moon', moments(7, iso(from), iso(to))).map(({ data }) => Date.parse(data.at))
  const expected = fullMoonsBetween(from, to)
  expect(found).toHaveLength(expected.length)
  for (const [index, time] of expected.entries())
    expect(Math.abs((found[index] ?? 0) - time), iso(time)).toBeLessThan(TWO_MINUTES)
})

// As ephemerides have them, to the hour; a second of arc is much time to two slow planets.
const TRANSITS = [
  ['2026-01-10T08', 'Sun opposition Jupiter', 1],
  ['2026-02-20T16', 'Saturn conjunction Neptune', 3],
  ['2026-10-04T12', 'Sun opposition Saturn', 1],
  ['2026-10-24T03', 'Sun conjunction Venus', 1],
] as const

for (const [hour, text, hours] of TRANSITS) {
  test(`${text} is exact on ${hour}:00, give or take ${hours} h`, () => {
    const [planet, aspect, other] = text.split(' ')
    const found = of('cosmic.transit.exact')
      .filter(({ data }) => [planet, other].includes(data.planet) && [planet, other].includes(data.other))
      .filter(({ data }) => data.aspect === aspect)
      .map(({ data }) => Math.abs(Date.parse(data.at) - Date.parse(`${hour}:30Z`)))
    expect(Math.min(...found)).toBeLessThan((hours + 0.5) * 3_600_000)
  })
}

test('what happens in the sky comes in order, and is the same from wherever one begins to look', () => {
  const times = year2026.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const later = moments(7, '2026-06-15T13:30:00Z', '2027-01-01')
  expect(later.length).toBeGreaterThan(100)
  expect(year2026.slice(-later.length)).toEqual(later)
})

test('another seed has other storms, and the same planets', () => {
  const other = moments(8, '2026-01-01', '2027-01-01')
  expect(of('cosmic.solar_storm.detected', other)).not.toEqual(of('cosmic.solar_storm.detected'))
  expect(of('cosmic.transit.exact', other)).toEqual(of('cosmic.transit.exact'))
})

test('storms come as often as NOAA says, and each has the grade of its Kp', () => {
  const storms = of('cosmic.solar_storm.detected', moments(3, '2000-01-01', '2011-01-01'))
  const count = (severity: string): number => storms.filter(({ data }) => data.severity === severity).length
  // Days in a cycle of eleven years; bounds of about four standard deviations.
  for (const [severity, days] of Object.entries({ G1: 900, G2: 360, G3: 130, G4: 60 }))
    expect(Math.abs(count(severity) - days), severity).toBeLessThan(4 * Math.sqrt(days))
  expect(count('G5')).toBeLessThan(16)
  for (const { data } of storms) expect(severityOf(data.kp_index)).toBe(data.severity)
})

test('Kp is graded and written as observatories do', () => {
  const grades = [4.33, 4.67, 5, 5.33, 5.67, 7.33, 8.67, 9].map(severityOf)
  expect(grades).toEqual([undefined, 'G1', 'G1', 'G1', 'G2', 'G3', 'G4', 'G5'])
  expect([5, 6.67, 7.33, 9].map(kpText)).toEqual(['5', '7−', '7+', '9'])
})

test('the Earth stands where it stands at equinox and perihelion', () => {
  const gap = (angle: number): number => Math.abs(((angle + 540) % 360) - 180)
  expect(gap(orbitsAt(Date.parse('2026-03-20T14:46Z')).Earth - 180)).toBeLessThan(0.05)
  expect(gap(orbitsAt(Date.parse('2026-09-23T00:05Z')).Earth)).toBeLessThan(0.05)
})

test('the moon waxes, is full, and wanes', () => {
  const full = Date.parse('2026-01-03T10:03Z')
  expect([-10, -4, 0, 4, 7].map((days) => moonAt(full + days * DAY).name)).toEqual([
    'Waxing crescent',
    'Waxing gibbous',
    'Full moon',
    'Waning gibbous',
    'Last quarter',
  ])
  expect(moonAt(full).lit).toBeGreaterThan(0.999)
  expect([0, 45, 90, 135, 180, 225, 270, 315, 359].map(phaseName)).toEqual([
    'New moon',
    'Waxing crescent',
    'First quarter',
    'Waxing gibbous',
    'Full moon',
    'Waning gibbous',
    'Last quarter',
    'Waning crescent',
    'New moon',
  ])
})

test('a longitude lies in its sign', () => {
  expect(zodiacPlace(0)).toEqual({ sign: 'Aries', degree: 0 })
  expect(zodiacPlace(359.5)).toEqual({ sign: 'Pisces', degree: 29.5 })
})
