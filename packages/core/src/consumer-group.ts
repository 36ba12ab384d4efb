/**
 * A group whose members share the events of a store, as who watches it sees it: how far it is, what it has given up, and what
 * it keeps back. `redisStreams` is one; `exposeTap` shows it to the devtools.
 */
export interface ConsumerGroup {
  /** Unlike that of any other group that is shown beside it. */
  readonly name: string
  /** How long an event is kept, in ms: what the group has not handled by then, it has lost. Absent: for ever. */
  readonly retention?: number
  /** What happens in this member, as it happens. */
  readonly signals$: {
    subscribe(listener: (signal: GroupSignal) => void): { unsubscribe(): void }
  }
  /** How far the group is, in the order of its shards. Asks the store. */
  inspect(): Promise<readonly GroupShard[]>
  readonly deadLetters: GroupLetters
  readonly parked: GroupParked
}

/** How far a group is with one shard. */
export interface GroupShard {
  readonly shard: number
  /** The member, and the fence of its lease; absent while nobody has it. */
  readonly owner?: { readonly member: string; readonly fence: number }
  /** Events that were not read by now; `undefined` when that can't be told. */
  readonly lag: number | undefined
  /** Read, and not acknowledged. */
  readonly pending: number
  /** When the oldest event was published that was not acknowledged, epoch ms by the clock of the store. */
  readonly oldest?: number
  readonly deadLetters: number
  /** Keys whose events are kept back. */
  readonly parkedKeys: number
  /** Events that came again to this member, since it was made. */
  readonly redelivered: number
  /** It stands still in this member, because a handler gave up. */
  readonly isHalted: boolean
}

/** What a group has given up. */
export interface GroupLetters {
  /** In an order that stays. `after` is the last one of the page before. */
  list(filter?: { readonly after?: string; readonly limit?: number }): Promise<readonly KeptGroupLetter[]>
  /** `undefined`: there is none, or no longer. */
  peek(id: string): Promise<KeptGroupLetter | undefined>
  /** Hands one on to the handler that gave up on it; resolves to 1. Rejects with `letter-unknown`. */
  redrive(id: string): Promise<number>
  /** Forgets one; resolves to 1. Rejects with `letter-unknown`. */
  discard(id: string): Promise<number>
}

export interface KeptGroupLetter {
  readonly id: string
  readonly letter: GroupLetter
}

/** An event that a group has given up. */
export interface GroupLetter {
  /** `failed`, `expired` and the like. */
  readonly kind: string
  /** As it came: a CloudEvent, if it was one. */
  readonly event: unknown
  /** Absent when no handler was involved. */
  readonly handler?: string
  /** Calls of the handler. */
  readonly attempts: number
  /** How often it was handed out. */
  readonly deliveries: number
  readonly redrives: number
  /** When it was published, and when it was given up; epoch ms. */
  readonly firstAt: number
  readonly at: number
  readonly error: { readonly name: string; readonly message: string; readonly code?: string }
}

/** The keys that a group keeps back, for an event of each failed. */
export interface GroupParked {
  list(): Promise<readonly GroupKey[]>
  /** Lets a key go on, with `skipFirst` without the event that failed. False for a key that is not blocked. */
  release(key: string, options?: { readonly skipFirst?: boolean }): Promise<boolean>
}

export interface GroupKey {
  readonly key: string
  /** How many wait, the one that failed included. */
  readonly events: number
  /** What blocked it; absent when it goes on already. */
  readonly letter?: GroupLetter
}

/** One thing that happened in a member of a group. */
export interface GroupSignal {
  readonly type: string
  readonly shard?: number
  /** When it may be another group: members see to the retention of all. */
  readonly group?: string
  readonly letter?: GroupLetter
  readonly key?: string
  readonly count?: number
  /** Of the time for which events are kept; from 0 to 1. */
  readonly share?: number
  readonly detail?: string
  readonly error?: unknown
}
