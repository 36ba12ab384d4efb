import { brief, find, median, type Series, spread } from '../figures.ts'
import type { CarrierName } from './receiver.ts'

/** What a race showed: name, microseconds a delivery, their spread, thousands a second. */
export function raceRows(where: string, series: readonly Series[]): string[][] {
  return series.map(({ name, values }) => [
    `${where}: ${name}`,
    brief(median(values)),
    spread(values),
    brief(1_000 / median(values)),
  ])
}

/** The same columns for what was late. */
export function latencyRows(series: readonly Series[]): string[][] {
  return series.map(({ name, values }) => [
    `at 1,000/s, ms on the way: ${name}`,
    brief(median(values)),
    spread(values),
    '',
  ])
}

export function medianOf(series: readonly Series[], name: CarrierName): number {
  return median(find(series, { name }).values)
}
