import { setImmediate } from 'node:timers/promises'
import { sink } from './handler.ts'
import type { Loop } from './loop.ts'
import type { Series } from './figures.ts'

/** How much trouble to take. */
export interface Effort {
  readonly quick: boolean
  readonly rounds: number
  /** How long one contender runs in one round, about. */
  readonly batchMs: number
}

export const thorough: Effort = { quick: false, rounds: 120, batchMs: 6 }
export const quick: Effort = { quick: true, rounds: 40, batchMs: 2.5 }

export interface Entry {
  readonly name: string
  readonly run: Loop
  /** How many handler calls one operation makes; checked after every batch when given. */
  readonly deliveries?: number | undefined
}

const DISCARDED = 4
/** Rounds between two collections of all garbage. */
const COLLECT = 16
/** How long each contender runs before it is measured. */
const WARM_UP_MS = 120

/** Nanoseconds per operation of each entry: all entries once a round, in a new order every round. */
export async function measure(entries: readonly Entry[], effort: Effort): Promise<Series[]> {
  const counts = new Map<Entry, number>()
  for (const entry of entries) counts.set(entry, await warm(entry, effort.batchMs))
  const values = new Map(entries.map((entry) => [entry, [] as number[]]))
  for (let round = 0; round < effort.rounds + DISCARDED; round++) {
    if (round % COLLECT === 0) globalThis.gc?.() // before memory forces it, in the middle of somebody's batch
    for (const entry of shuffled(entries)) {
      const ns = await batch(entry, counts.get(entry)!)
      if (round >= DISCARDED) values.get(entry)!.push(ns)
    }
  }
  return entries.map((entry) => ({ name: entry.name, values: values.get(entry)! }))
}

/** Runs until the code is optimised; answers with a count that keeps it busy for `batchMs` when nothing disturbs it. */
async function warm(entry: Entry, batchMs: number): Promise<number> {
  let count = 1
  let spent = 0
  let best = Infinity
  while (spent < WARM_UP_MS * 1e6) {
    const ns = await batch(entry, count)
    spent += ns * count
    best = Math.min(best, ns)
    if (ns * count < batchMs * 1e6) count *= 2
  }
  return Math.max(1, Math.round((batchMs * 1e6) / best))
}

async function batch({ name, run, deliveries }: Entry, count: number): Promise<number> {
  await setImmediate() // what the last one put off is done
  sink.count = 0
  const start = process.hrtime.bigint()
  const running = run(count)
  if (running !== undefined) await running
  const ns = Number(process.hrtime.bigint() - start) / count
  if (deliveries !== undefined && sink.count !== count * deliveries)
    throw new Error(`${name}: ${sink.count} handler calls, not ${count * deliveries}`)
  return ns
}

export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
