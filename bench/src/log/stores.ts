import { type BusEvent, createBus } from '@heliobus/core'
import { payload } from '../exact-entry.ts'

/** Two stores with the same tables and indexes: one filled by a log, one by inserts alone. Each answers in ns an event. */
export interface Stores {
  append(): Promise<number>
  /** Of rows that are ready to be stored. */
  insert(): Promise<number>
  close(): Promise<void>
}

/** As a recording stores them. */
export const BATCH = 500

const bus = createBus({ history: { capacity: 0 } })

export function newEvents(): BusEvent[] {
  return Array.from({ length: BATCH }, (_, n) =>
    bus.publish(`user.${n % 8}`, payload, { userId: `u${n % 50}` }),
  )
}

/** Nanoseconds an event. */
export async function timed(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / BATCH
}
