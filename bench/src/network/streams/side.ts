/** Who is compared: the bare client on bare streams, a bus at each end, and a queue of jobs. */
export const sides = ['node-redis', 'heliobus', 'BullMQ'] as const
export type Side = (typeof sides)[number]

export const SHARDS = 16
export const GROUP = 'work'
/** What all names of heliobus begin with, and the queue of BullMQ. */
export const NAMESPACE = 'bench'
/** Its field, as one event has it. */
export const FIELD = 'e'
/** How many entries are read at once: as many as heliobus reads. */
export const COUNT = 500

export const streams: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => `raw:${shard}`)

/** Milliseconds by a clock that all processes of a machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
