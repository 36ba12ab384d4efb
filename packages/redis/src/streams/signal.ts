import type { StreamLetter } from './letter.ts'

/** One thing that happened in a group. */
export type StreamSignal =
  | { readonly type: 'owned'; readonly shard: number; readonly fence: number }
  /** `lost`: the lease ran out; somebody else may have it. */
  | { readonly type: 'released' | 'lost'; readonly shard: number; readonly fence: number }
  /** Entries that were handed out before, and come again. */
  | { readonly type: 'redelivered'; readonly shard: number; readonly count: number }
  | { readonly type: 'buried'; readonly shard: number; readonly letter: StreamLetter }
  /** An event failed, and those of its key are kept back until `parked.release`. */
  | { readonly type: 'blocked'; readonly shard: number; readonly key: string; readonly letter: StreamLetter }
  | { readonly type: 'freed'; readonly shard: number; readonly key: string }
  /** An event failed, and its shard stands still until a member of the group takes it anew. */
  | { readonly type: 'halted'; readonly shard: number; readonly letter: StreamLetter }
  /** `share` of the time after which events are removed has passed over the oldest that the group has not handled. */
  | {
      readonly type: 'retention-at-risk'
      readonly shard: number
      readonly group: string
      readonly share: number
    }
  /** So many events were removed before the group had handled them; they are its dead letters now. */
  | { readonly type: 'expired'; readonly shard: number; readonly group: string; readonly count: number }
  | { readonly type: 'warning'; readonly detail: string }
  /** Redis could not be reached, or answered with an error; it is tried again. */
  | { readonly type: 'failed'; readonly shard?: number; readonly error: unknown }
