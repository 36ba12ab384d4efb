// The times of full moons by another way than the library's: the periodic terms of Jean Meeus, Astronomical Algorithms,
// 2nd edition, chapter 49. Terms below 0.0001 day are left out; what remains is right within a minute.

const NEW_MOON_2000 = 2_451_550.09766 // Julian day, terrestrial time
const MONTH = 29.530588861 // days
const EPOCH = 2_440_587.5 // the Julian day on which Unix time begins
const DAY = 86_400_000 // ms
const LAG = 69_200 // ms by which universal time is behind terrestrial time, 2020 to 2030

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180)

/** All full moons from `from` until before `to`, epoch ms; between 2020 and 2030. */
export function fullMoonsBetween(from: number, to: number): number[] {
  const first = Math.floor((from / DAY + EPOCH - NEW_MOON_2000) / MONTH) - 1
  const months = Math.ceil((to - from) / DAY / MONTH) + 3
  return Array.from({ length: months }, (_, index) => fullMoon(first + index + 0.5)).filter(
    (time) => time >= from && time < to,
  )
}

/** `k` counts months from the new moon of 6 January 2000; full moons are at the halves. */
function fullMoon(k: number): number {
  const t = k / 1_236.85
  const mean = NEW_MOON_2000 + MONTH * k + 0.00015437 * t ** 2
  return Math.round((mean + correction(k, t) - EPOCH) * DAY - LAG)
}

/** In days. */
function correction(k: number, t: number): number {
  const e = 1 - 0.002516 * t
  const sun = 2.5534 + 29.1053567 * k
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2
  const node = 124.7746 - 1.56375588 * k
  return (
    -0.40614 * sin(moon) +
    0.17302 * e * sin(sun) +
    0.01614 * sin(2 * moon) +
    0.01043 * sin(2 * latitude) +
    0.00734 * e * sin(moon - sun) -
    0.00515 * e * sin(moon + sun) +
    0.00209 * e * e * sin(2 * sun) -
    0.00111 * sin(moon - 2 * latitude) -
    0.00057 * sin(moon + 2 * latitude) +
    0.00056 * e * sin(2 * moon + sun) -
    0.00042 * sin(3 * moon) +
    0.00042 * e * sin(sun + 2 * latitude) +
    0.00038 * e * sin(sun - 2 * latitude) -
    0.00024 * e * sin(2 * moon - sun) -
    0.00017 * sin(node) +
    planets(k)
  )
}

/** What the planets do to it, in days. */
function planets(k: number): number {
  return (
    0.000325 * sin(299.77 + 0.107408 * k) +
    0.000165 * sin(251.88 + 0.016321 * k) +
    0.000164 * sin(251.83 + 26.651886 * k) +
    0.000126 * sin(349.42 + 36.412478 * k) +
    0.00011 * sin(84.66 + 18.206239 * k)
  )
}
