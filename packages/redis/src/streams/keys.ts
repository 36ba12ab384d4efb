/** The names of everything in Redis that one shard has: one hash tag, so a script may touch all of them in a cluster. */
export interface ShardKeys {
  readonly shard: number
  /** The stream of events. */
  readonly log: string
  /** A random name, made with the log: another one means that the log was lost, and began anew. */
  readonly born: string
  /** Set while somebody has lately looked after the log's retention. */
  readonly swept: string
  /** A hash from groups whose owner waits for news to the channel on which it does. */
  readonly idle: string
  readonly dedup: (id: string) => string
}

/** The same for one group of consumers. */
export interface GroupKeys extends ShardKeys {
  readonly group: string
  /** Who owns the shard, as `member:fence`. */
  readonly lease: string
  /** The fence of the newest lease. */
  readonly fence: string
  /** The stream of dead letters. */
  readonly dead: string
  /** A hash from keys that are blocked to what blocked them. */
  readonly parked: string
  /** The list of the events of one blocked key, oldest first. */
  readonly parkedOf: (key: string) => string
}

export function shardKeys(prefix: string, shard: number): ShardKeys {
  const at = `${prefix}:{s${String(shard).padStart(2, '0')}}`
  return {
    shard,
    log: `${at}:log`,
    born: `${at}:born`,
    swept: `${at}:swept`,
    idle: `${at}:idle`,
    dedup: (id) => `${at}:dedup:${id}`,
  }
}

export function groupKeys(prefix: string, shard: number, group: string): GroupKeys {
  const keys = shardKeys(prefix, shard)
  const at = keys.log.slice(0, -':log'.length)
  const parked = `${at}:parked:${group}`
  return {
    ...keys,
    group,
    lease: `${at}:lease:${group}`,
    fence: `${at}:fence:${group}`,
    dead: `${at}:dead:${group}`,
    parked,
    parkedOf: (key) => `${parked}:${key}`,
  }
}

/** The layout: how many shards there are. */
export function metaKey(prefix: string): string {
  return `${prefix}:meta`
}

/** The members of a group that live, by when they will count as dead. */
export function membersKey(prefix: string, group: string): string {
  return `${prefix}:members:${group}`
}

/** On which a member hears of news. */
export function wakeChannel(prefix: string, member: string): string {
  return `${prefix}:wake:${member}`
}
