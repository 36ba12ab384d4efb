import { isBusError } from '@heliobus/core'
import type { RedisCommand, RedisReply } from '../client.ts'

/** What the streams ask of a connection. */
export interface Commands {
  /**
   * Sends a command; `key` says to which node of a cluster, `wait` how long it may wait in Redis, in ms. Rejects with
   * `redis-refused`, `redis-lost`, `redis-unreachable`, `redis-closed`.
   */
  send(
    command: RedisCommand,
    options?: { readonly key?: string; readonly wait?: number },
  ): Promise<RedisReply>
}

/** The word that an answer of Redis begins with, if that is what the error is. */
export function replyCode(error: unknown): string | undefined {
  return isBusError(error, 'redis-refused') ? error.details.reply.split(' ', 1)[0] : undefined
}

/** What Redis says when it can't just now. */
const passing = new Set(['LOADING', 'CLUSTERDOWN', 'TRYAGAIN', 'MASTERDOWN', 'READONLY', 'BUSY', 'MISCONF'])

/** True when the same may succeed a little later: Redis was not reached, or is not ready. */
export function isPassing(error: unknown): boolean {
  if (isBusError(error, 'redis-lost') || isBusError(error, 'redis-unreachable')) return true
  return passing.has(replyCode(error) ?? '')
}
