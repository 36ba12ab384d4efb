import type { BusEvent } from './event.ts'

/**
 * Consumer groups of another process, for whoever watches it from here. Nothing rejects: what can't be had says why in
 * words. Texts are cut, and payloads masked, over there.
 */
export interface RemoteGroups {
  /** How far they are. Asked of the store once a second at most, whoever asks how often. */
  look(): Promise<RemoteAnswer<GroupsReport>>
  /** What a group has given up, a page of 50 at most. `after` is the last letter of the page before. */
  letters(group: string, after?: string): Promise<RemoteAnswer<LettersPage>>
  /** The data of a letter's event, masked. */
  pull(group: string, letter: string): Promise<RemoteAnswer<{ readonly data: unknown }>>
  /** The keys that a group keeps back. */
  parked(group: string): Promise<RemoteAnswer<ParkedReport>>
  /** `which` are 100 letters at most, or for `release` and `skip` keys. */
  act(action: GroupAction, group: string, which: readonly string[]): Promise<RemoteAnswer<GroupOutcome>>
}

/** `skip` releases a key without the event that failed, which becomes a dead letter. */
export type GroupAction = 'redrive' | 'discard' | 'release' | 'skip'

export type RemoteAnswer<Answer> = Answer | { readonly missing: string }

export interface GroupsReport {
  /** Whether this viewer may act on them. */
  readonly mayAct: boolean
  readonly groups: readonly GroupReport[]
}

export interface GroupReport {
  readonly name: string
  /** ms for which events are kept; `undefined`: for ever. */
  readonly retention: number | undefined
  readonly shards: readonly ShardReport[]
  /** Why nothing is known of it at the moment; '' when something is. */
  readonly failure: string
}

/** How far a group is with one shard; see `GroupShard`. */
export interface ShardReport {
  readonly shard: number
  readonly owner: string | undefined
  readonly fence: number | undefined
  readonly lag: number | undefined
  readonly pending: number
  /** Of the oldest event that was not acknowledged, ms. */
  readonly age: number | undefined
  readonly deadLetters: number
  readonly parkedKeys: number
  readonly redelivered: number
  readonly isHalted: boolean
}

export interface LettersPage {
  readonly letters: readonly LetterReport[]
  /** Whether others follow. */
  readonly more: boolean
}

export interface LetterReport {
  readonly id: string
  readonly kind: string
  /** Without its data. */
  readonly event: BusEvent
  readonly handler: string | undefined
  readonly attempts: number
  readonly deliveries: number
  readonly redrives: number
  readonly firstAt: number
  readonly at: number
  readonly error: unknown
}

export interface ParkedReport {
  readonly keys: readonly KeyReport[]
  /** How many more there are, or have names that are too long. */
  readonly leftOut: number
}

export interface KeyReport {
  readonly key: string
  readonly events: number
  /** What blocked it, in words; '' when it goes on already. */
  readonly reason: string
}

export interface GroupOutcome {
  /** How many it was done with. */
  readonly done: number
  /** How many were gone already. */
  readonly gone: number
  /** Why it went no further, in words; '' when all are done or gone. */
  readonly failure: string
}
