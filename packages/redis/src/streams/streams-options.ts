import type { Clock } from '@heliobus/core'
import type { RedisClient } from '../client.ts'
import type { ConnectionLimits } from '../connection.ts'
import type { FailurePolicy } from './verdict.ts'

export interface RedisStreamsOptions {
  /** How Redis is reached: `nodeRedis(…)` or `ioRedis(…)`, of one server or of a cluster. */
  readonly client: RedisClient
  /** What all names in Redis begin with; buses of one namespace share its events. Default `hb`. */
  readonly namespace?: string
  /**
   * Each event is handled by one member of each group. Without a group, a link only publishes.
   */
  readonly group?: string
  /**
   * `false`: looks after its group without being a member: `inspect`, `deadLetters` and `parked` work, no event is taken. For what
   * watches a group from outside, such as `exposeTap`. Default true.
   */
  readonly consume?: boolean
  /**
   * How many streams the events are spread over, by key: so many members of a group can share the work. Kept in Redis with
   * the first link, and the same for all. Default 16, at most 1,024.
   */
  readonly shards?: number
  /**
   * Where a group begins that Redis doesn't know yet: with all events that are kept, or with those that come. Default
   * `start`.
   */
  readonly from?: 'start' | 'now'
  /**
   * What happens after a handler has given up on an event, by topic; see `FailurePolicy`. Default `skip`: the event is a dead
   * letter, and the next is handled.
   */
  readonly onFailure?: Readonly<Record<string, FailurePolicy>>
  readonly limits?: StreamsLimits
  /** Default the system's. */
  readonly clock?: Clock
  /** From 0 to below 1, for the waits between attempts to connect. Default `Math.random`. */
  readonly random?: () => number
}

export interface StreamsLimits extends ConnectionLimits {
  /**
   * How long a member may be silent before others take its shards, in ms; a handler that blocks the process for longer loses
   * them. Default 10,000.
   */
  readonly lease?: number
  /** Events of a shard that are read and not acknowledged, at most. Default 500. */
  readonly window?: number
  /** The same in characters of JSON. Default 4 Mi. */
  readonly windowCharacters?: number
  /** An event that was begun so often is a dead letter, if the process that began it last has ended. Default 5. */
  readonly deliveries?: number
  /** How long an event is kept, in ms, by the clock of Redis. Default 7 days. */
  readonly retention?: number
  /** How often retention is seen to, in ms. Default an hour. */
  readonly sweep?: number
  /** An event that is sent twice within so many ms is in the stream once. Default 2 minutes. */
  readonly dedup?: number
  /** How long sending goes on trying while Redis is not there, in ms; then it fails. Default 30,000. */
  readonly sendWithin?: number
  /** How long closing waits for handlers, in ms. Default 30,000. */
  readonly closeWithin?: number
  /**
   * How often shards without news are asked for some, in ms, where Redis can't tell: in a cluster, and as long as the
   * connection for it is lost. Where it can, they are asked a twentieth as often. Default 50.
   */
  readonly poll?: number
}

/** What was asked for, complete. */
export type Limits = Required<Omit<StreamsLimits, keyof ConnectionLimits>>

const DAY = 24 * 60 * 60 * 1000

export const defaultLimits: Limits = {
  lease: 10_000,
  window: 500,
  windowCharacters: 4 * 1024 * 1024,
  deliveries: 5,
  retention: 7 * DAY,
  sweep: 60 * 60 * 1000,
  dedup: 2 * 60 * 1000,
  sendWithin: 30_000,
  closeWithin: 30_000,
  poll: 50,
}
