import type { RedisStreams, ShardStatus } from '@heliobus/redis'
import type { Module } from '../../src/modules/module.ts'
import { factsOfModule } from '../facts-of.ts'
import type { WorkerReport } from './messages.ts'

/** What a worker reports. */
export function reportOf(
  streams: Pick<RedisStreams, 'status'>,
  module: Module,
  redelivered: number,
  group: readonly ShardStatus[],
): WorkerReport {
  return { owned: streams.status().shards, redelivered, module: factsOfModule(module), group }
}
