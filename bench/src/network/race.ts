import type { Series } from '../figures.ts'
import { quantile } from '../figures.ts'
import { shuffled } from '../measure.ts'
import type { CarrierName } from './receiver.ts'
import { Line } from './run.ts'

/** A way to get events across. */
export interface Way {
  readonly name: string
  readonly carrier: CarrierName
  /** Events of one task. */
  readonly batch: number
}

/** Microseconds a delivery. */
export function race(
  ways: readonly Way[],
  clients: number,
  count: number,
  rounds: number,
): Promise<Series[]> {
  const names = new Set(ways.map(({ carrier }) => carrier))
  return withLines(names, clients, async (lines) => {
    const values = new Map(ways.map((way) => [way, [] as number[]]))
    for (let round = -3; round < rounds; round++) {
      for (const way of shuffled(ways)) {
        const us = await lines.get(way.carrier)!.send(count, way.batch)
        if (round >= 0) values.get(way)!.push(us)
      }
    }
    return [...values].map(([{ name }, own]) => ({ name, values: own }))
  })
}

/** Milliseconds on the way, at a thousand events a second: the median of each round. */
export function latency(names: readonly CarrierName[], rounds: number): Promise<Series[]> {
  return withLines(names, 1, async (lines) => {
    const values = new Map(names.map((name) => [name, [] as number[]]))
    for (let round = -1; round < rounds; round++) {
      for (const name of shuffled(names)) {
        const latencies = await lines.get(name)!.pace(1_000, 500)
        if (round >= 0) values.get(name)!.push(quantile(latencies, 0.5))
      }
    }
    return [...values].map(([name, own]) => ({ name, values: own }))
  })
}

async function withLines<T>(
  names: Iterable<CarrierName>,
  clients: number,
  use: (lines: ReadonlyMap<CarrierName, Line>) => Promise<T>,
): Promise<T> {
  const lines = new Map<CarrierName, Line>()
  try {
    for (const name of names) lines.set(name, await Line.open(name, clients))
    return await use(lines)
  } finally {
    for (const line of lines.values()) await line.close()
  }
}
