import { nodeRedis, redisStreams, type RedisStreams } from '@heliobus/redis'
import { createClient } from 'redis'

/** Of each group: two workers have four each. */
export const SHARDS = 8
/** So short, in ms, that a visitor sees a takeover. */
export const LEASE = 3_000

/** Nobody needs it sooner here, in ms; eight workers that look cost something. */
const POLL = 100

/** How long an event is kept, in ms. */
export const RETENTION = 15 * 60 * 1_000

export interface StreamsPlace {
  readonly url: string
  readonly namespace: string
}

/** The streams of a demo. Without a group, a link only publishes. */
export function streamsOf({ url, namespace }: StreamsPlace, group?: string): RedisStreams {
  return redisStreams({
    client: nodeRedis(createClient({ url })),
    namespace,
    shards: SHARDS,
    limits: { lease: LEASE, poll: POLL, closeWithin: 5_000, retention: RETENTION, sweep: RETENTION / 10 },
    ...(group !== undefined && { group }),
  })
}
