import type { WireEvent } from '@heliobus/core'
import { memberOf } from './entry.ts'

/** The shard that keeps the order of an event: of its key, or of nothing but itself when it has none. */
export function shardOf(event: WireEvent, shards: number): number {
  const key = memberOf(event, 'partitionkey') ?? memberOf(event, 'id')
  return hashOf(typeof key === 'string' ? key : '') % shards
}

/**
 * FNV-1a over UTF-16 units, its bits mixed once more, for a modulus sees only the low ones. Every member of every version
 * must come to the same number: it is part of the layout, and not to be changed.
 */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
