import type { Clock } from '@heliobus/core'
import type { RedisClient } from '../client.ts'
import type { ConnectionLimits } from '../connection.ts'

export interface RedisPubSubOptions {
  /** How Redis is reached: `nodeRedis(…)` or `ioRedis(…)`, of one server or of a cluster. */
  readonly client: RedisClient
  /** Buses with the same namespace hear each other, and nobody else. At most 200 characters. */
  readonly namespace: string
  /** How patient the connections are, and what is read. */
  readonly limits?: PubSubLimits
  /** Default the system's. */
  readonly clock?: Clock
  /** From 0 to below 1, for the waits between attempts to connect. Default `Math.random`. */
  readonly random?: () => number
}

export interface PubSubLimits extends ConnectionLimits {
  /** A message with more characters is not read, and told as a gap. Default 16 million. */
  readonly messageCharacters?: number
}
