import { quantile, type Series } from '../../figures.ts'
import { shuffled } from '../../measure.ts'
import { startRedis } from '../redis.ts'
import { Contestant } from './contestant.ts'
import { type Side, sides } from './side.ts'

/** Microseconds an event, by side. */
export interface Contest {
  readonly publish: readonly Series[]
  readonly consume: readonly Series[]
}

/** Each side publishes and then handles so many events, in turns. */
export function contest(counts: Readonly<Record<Side, number>>, rounds: number): Promise<Contest> {
  return withContestants(sides, async (contestants) => {
    const publish = new Map<Side, number[]>()
    const consume = new Map<Side, number[]>()
    for (let round = -3; round < rounds; round++) {
      for (const one of shuffled(contestants)) {
        const count = counts[one.side]
        const sent = await one.publish(count)
        const taken = await one.consume(count)
        if (round >= 0) note(publish, one.side, sent)
        if (round >= 0) note(consume, one.side, taken)
      }
    }
    return { publish: seriesOf(publish), consume: seriesOf(consume) }
  })
}

/** Milliseconds on the way, at a thousand events a second: the median of each round. */
export function paced(racers: readonly Side[], rounds: number): Promise<Series[]> {
  return withContestants(racers, async (contestants) => {
    const values = new Map<Side, number[]>()
    for (let round = -1; round < rounds; round++) {
      for (const one of shuffled(contestants)) {
        const latencies = await one.pace(1_000, 500)
        if (round >= 0) note(values, one.side, quantile(latencies, 0.5))
      }
    }
    return seriesOf(values)
  })
}

function note(values: Map<Side, number[]>, side: Side, value: number): void {
  values.set(side, [...(values.get(side) ?? []), value])
}

function seriesOf(values: ReadonlyMap<Side, readonly number[]>): Series[] {
  return [...values].map(([name, own]) => ({ name, values: own }))
}

async function withContestants<T>(
  racers: readonly Side[],
  use: (contestants: readonly Contestant[]) => Promise<T>,
): Promise<T> {
  const server = await startRedis()
  const contestants: Contestant[] = []
  try {
    for (const side of racers) contestants.push(await Contestant.open(side, server.url))
    return await use(contestants)
  } finally {
    for (const one of contestants) await one.close()
    await server.remove()
  }
}
