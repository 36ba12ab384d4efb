import type { GroupShard } from '@heliobus/core'
import type { Commands } from './commands.ts'
import { timeOf } from './entry.ts'
import { type GroupKeys, groupKeys } from './keys.ts'
import { fieldsOf, listOf, numberOf, textOf } from './replies.ts'

/** What a member has at the moment. */
export interface MemberStatus {
  readonly shards: readonly OwnedShard[]
}

export interface OwnedShard {
  readonly shard: number
  readonly fence: number
  /** Read, and not acknowledged. */
  readonly inFlight: number
  /** It stands still, because of `halt`. */
  readonly isHalted: boolean
}

/** As Redis knows it; `redelivered` and `isHalted` as this member does. */
export type ShardStatus = GroupShard

/** What a member alone knows of a shard. */
type OwnFacts = Pick<ShardStatus, 'redelivered' | 'isHalted'>

interface Inspected {
  readonly namespace: string
  readonly group: string
  readonly shards: number
  readonly factsOf: (shard: number) => OwnFacts
}

/** Of all shards of a group. Some commands for each shard. */
export async function inspectGroup(
  commands: Commands,
  { namespace, group, shards, factsOf }: Inspected,
): Promise<readonly ShardStatus[]> {
  const keys = Array.from({ length: shards }, (_, shard) => groupKeys(namespace, shard, group))
  return Promise.all(
    keys.map(async (one) => ({ ...(await inspectShard(commands, one)), ...factsOf(one.shard) })),
  )
}

async function inspectShard(commands: Commands, keys: GroupKeys): Promise<Omit<ShardStatus, keyof OwnFacts>> {
  const { log: key, lease, dead, parked, group, shard } = keys
  const [groups, holder, letters, blocked] = await Promise.all([
    commands.send(['XINFO', 'GROUPS', key], { key }),
    commands.send(['GET', lease], { key }),
    commands.send(['XLEN', dead], { key }),
    commands.send(['HLEN', parked], { key }),
  ])
  const facts = listOf(groups)
    .map(fieldsOf)
    .find((one) => one.get('name') === group)
  const progress = progressIn(facts)
  const oldest = await oldestOpen(commands, keys, progress)
  return {
    shard,
    ...(holder !== null && { owner: ownerIn(textOf(holder)) }),
    lag: progress.lag,
    pending: progress.pending,
    ...(oldest !== undefined && { oldest }),
    deadLetters: numberOf(letters),
    parkedKeys: numberOf(blocked),
  }
}

interface Progress {
  readonly lag: number | undefined
  readonly pending: number
  /** The newest that was read. */
  readonly last: string
}

/** Of a group; none that is not there. */
function progressIn(facts: ReadonlyMap<string, unknown> = new Map()): Progress {
  const lag = facts.get('lag') ?? undefined
  return {
    lag: lag === undefined ? undefined : numberOf(lag),
    pending: numberOf(facts.get('pending') ?? 0),
    last: textOf(facts.get('last-delivered-id') ?? '0-0'),
  }
}

function oldestOpen(
  commands: Commands,
  keys: GroupKeys,
  { pending, last }: Progress,
): Promise<number | undefined> {
  return pending > 0 ? oldestPending(commands, keys) : firstAfter(commands, keys.log, last)
}

function ownerIn(holder: string): { readonly member: string; readonly fence: number } {
  const colon = holder.lastIndexOf(':')
  return { member: holder.slice(0, colon), fence: Number(holder.slice(colon + 1)) }
}

async function oldestPending(
  commands: Commands,
  { log: key, group }: GroupKeys,
): Promise<number | undefined> {
  const id = listOf(await commands.send(['XPENDING', key, group], { key }))[1]
  return typeof id === 'string' ? timeOf(id) : undefined
}

async function firstAfter(commands: Commands, key: string, last: string): Promise<number | undefined> {
  const [first] = listOf(await commands.send(['XRANGE', key, `(${last}`, '+', 'COUNT', '1'], { key }))
  return first === undefined ? undefined : timeOf(textOf(listOf(first)[0]))
}
