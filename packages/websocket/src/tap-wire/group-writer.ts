import type { ConsumerGroup, GroupKey, GroupShard, KeptGroupLetter } from '@heliobus/core'
import { isObject, LONGEST_TEXT } from '../protocol/fields.ts'
import { LONGEST_ERROR, maybe } from './texts.ts'

/** A group with its shards, or with why nothing is known of it. `now`: epoch ms. */
export function groupOf(
  { name, retention }: ConsumerGroup,
  found: readonly GroupShard[] | string,
  now: number,
): object {
  const failure = typeof found === 'string' ? maybe(found, LONGEST_ERROR) : undefined
  const shards = typeof found === 'string' ? [] : found.map((shard) => shardOf(shard, now))
  return { name, retention: amount(retention), failure, shards }
}

function shardOf(shard: GroupShard, now: number): object {
  const { owner, lag, oldest } = shard
  return {
    shard: shard.shard,
    owner: maybe(owner?.member),
    fence: amount(owner?.fence),
    lag: amount(lag),
    pending: amount(shard.pending) ?? 0,
    age: oldest === undefined ? undefined : amount(Math.max(0, now - oldest)),
    deadLetters: amount(shard.deadLetters) ?? 0,
    parkedKeys: amount(shard.parkedKeys) ?? 0,
    redelivered: amount(shard.redelivered) ?? 0,
    isHalted: shard.isHalted || undefined,
  }
}

/** A letter without the data of its event. */
export function letterOf({ id, letter }: KeptGroupLetter): object {
  const { kind, event, handler, attempts, deliveries, redrives, firstAt, at, error } = letter
  return {
    id,
    kind: maybe(kind) ?? 'failed',
    event: { ...envelopeOf(event), time: amount(firstAt) },
    handler: maybe(handler),
    attempts: amount(attempts) ?? 0,
    deliveries: amount(deliveries) ?? 0,
    redrives: amount(redrives) ?? 0,
    firstAt: amount(firstAt) ?? 0,
    at: amount(at) ?? 0,
    error: {
      name: maybe(error.name) ?? 'Error',
      message: maybe(error.message, LONGEST_ERROR),
      code: maybe(error.code),
    },
  }
}

/** The keys that can be named in a frame, so many at most, and how many there are beside them. */
export function keysOf(keys: readonly GroupKey[], most: number): object {
  const told = keys.filter(({ key }) => key !== '' && key.length <= LONGEST_TEXT).slice(0, most)
  return { keys: told.map(keyOf), leftOut: keys.length - told.length }
}

function keyOf({ key, events, letter }: GroupKey): object {
  const { name, message } = letter?.error ?? {}
  return {
    key,
    events: amount(events) ?? 0,
    reason: letter && maybe(`${letter.handler ?? name}: ${message}`, LONGEST_ERROR),
  }
}

/** Of what came as an event, whatever it is. */
function envelopeOf(event: unknown): object {
  const text = (member: string): string | undefined => {
    const value: unknown = isObject(event) ? Reflect.get(event, member) : undefined
    return typeof value === 'string' ? maybe(value) : undefined
  }
  return {
    id: text('id') ?? '(no id)',
    type: text('type') ?? '(no topic)',
    source: text('source'),
    subject: text('subject'),
    key: text('partitionkey'),
    userId: text('userid'),
    correlationId: text('correlationid'),
  }
}

/** What a reader takes for a number; `undefined` for anything else. */
function amount(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined
}
