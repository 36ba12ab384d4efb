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

/** How far a group is with one shard, as Redis knows it. */
export interface ShardStatus {
  readonly shard: number
  /** The member, and the fence of its lease; absent while nobody has it. */
  readonly owner?: { readonly member: string; readonly fence: number }
  /** Not read by now; `undefined` when Redis can't tell. */
  readonly lag: number | undefined
  /** Read, and not acknowledged. */
  readonly pending: number
  /** When the oldest event was published that was not acknowledged, epoch ms by the clock of Redis. */
  readonly oldest?: number
  readonly deadLetters: number
}

/** Of all shards of a group. Some commands for each shard. */
export async function inspectGroup(
  commands: Commands,
  {
    namespace,
    group,
    shards,
  }: { readonly namespace: string; readonly group: string; readonly shards: number },
): Promise<readonly ShardStatus[]> {
  const keys = Array.from({ length: shards }, (_, shard) => groupKeys(namespace, shard, group))
  return Promise.all(keys.map((one) => inspectShard(commands, one)))
}

async function inspectShard(commands: Commands, keys: GroupKeys): Promise<ShardStatus> {
  const { log: key, lease, dead, group, shard } = keys
  const [groups, holder, letters] = await Promise.all([
    commands.send(['XINFO', 'GROUPS', key], { key }),
    commands.send(['GET', lease], { key }),
    commands.send(['XLEN', dead], { key }),
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
