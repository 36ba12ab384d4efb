import { BusError, type Clock, type Logger } from '@heliobus/core'
import type { RedisClient } from '../client.ts'
import type { ConnectionLimits } from '../connection.ts'
import { checkName } from '../names.ts'

export interface RedisHistoryOptions {
  /** How Redis is reached: `nodeRedis(…)` or `ioRedis(…)`, of one server or of a cluster. */
  readonly client: RedisClient
  /** What all names in Redis begin with; hubs of one namespace share a history. Default `hb`. */
  readonly namespace?: string
  /** Events kept, in Redis and in the memory of each hub. The same for all hubs. Default 10,000. */
  readonly events?: number
  /** Characters of JSON kept in memory. Default 32 million. */
  readonly characters?: number
  readonly limits?: RedisHistoryLimits
  /** Is told when Redis is lost, and when it has lost something. Default: errors to the console. */
  readonly logger?: Logger
  /** Default the system's. */
  readonly clock?: Clock
  /** From 0 to below 1, for the waits between attempts to connect. Default `Math.random`. */
  readonly random?: () => number
}

/** Times are in ms. */
export interface RedisHistoryLimits extends ConnectionLimits {
  /** How long appending goes on trying while Redis is not there; then every client is sent away. Default 10,000. */
  readonly appendWithin?: number
  /** How long a client that comes waits until this hub has read all that is in the history. Default 5,000. */
  readonly catchUpWithin?: number
  /** How soon it is noticed that Redis has lost the history, when nothing new comes. Default 500. */
  readonly checkEvery?: number
  /**
   * Sessions of clients that are remembered. One that is forgotten may publish twice what was not acknowledged. Default
   * 100,000.
   */
  readonly sessions?: number
  /** How long a session is remembered after it has published last. Default 7 days. */
  readonly sessionFor?: number
}

/** The options, complete. */
export interface Choices {
  readonly namespace: string
  readonly events: number
  readonly characters: number
  readonly limits: Required<Omit<RedisHistoryLimits, keyof ConnectionLimits>>
}

const DAY = 24 * 60 * 60 * 1000

const usual: Choices['limits'] = {
  appendWithin: 10_000,
  catchUpWithin: 5_000,
  checkEvery: 500,
  sessions: 100_000,
  sessionFor: 7 * DAY,
}

/** Throws `option-invalid`. */
export function choicesOf(options: RedisHistoryOptions): Choices {
  const { namespace = 'hb', events = 10_000, characters = 32_000_000, limits } = options
  checkName('namespace', namespace)
  for (const [option, value] of Object.entries({ events, characters })) checkSize(option, value)
  for (const [name, value] of Object.entries({ ...limits })) checkSize(`limits.${name}`, value)
  return { namespace, events, characters, limits: { ...usual, ...limits } }
}

function checkSize(option: string, value: number): void {
  if (!(value > 0)) throw new BusError('option-invalid', { option, reason: 'must be above 0' })
}
