import type { BusEvent } from './event.ts'

/**
 * Stored events, in the order in which they were appended. `record` fills one, `replay` brings it back to a bus, and
 * whoever audits reads it. The contract suite of `@heliobus/testing` says what each of them must do.
 */
export interface EventLog {
  /**
   * Resolves when all of them are stored; the order is kept. An event whose id is stored already changes nothing, so
   * whatever failed can be appended again.
   *
   * Rejects with `log-unsupported`, which names the event and the path, when one can't be stored: then none is. With
   * `log-full`, `log-locked`, `log-corrupt`, `log-closed` or `log-failed`: then some may be.
   */
  append(events: readonly BusEvent[]): Promise<void>
  /**
   * The entries that fit, lowest position first unless `direction` says else, read page by page: what is stored while this
   * reads may come or not. Data is a copy, and `hops` is 0: how an event came is not kept.
   *
   * Throws, with the first entry that is asked for: `option-invalid`, `pattern-invalid`; `log-gap` when what comes after
   * `after` is not there any more; and what lies in the store (`log-closed`, `log-corrupt`, …).
   */
  read(query?: LogQuery): AsyncIterable<LogEntry>
  /** How many entries `read` would give. Rejects with what that throws. */
  count(query?: LogQuery): Promise<number>
  /**
   * Removes the entries of events from before this time (epoch ms), and then the oldest beyond the `keep` newest; resolves
   * to how many. In small steps: others get their turn meanwhile.
   */
  prune(before: number, keep?: number): Promise<number>
  /** What is under way is finished first; after it nothing can be asked. Twice is fine. */
  close(): Promise<void>
}

/** One stored event. */
export interface LogEntry {
  /** A whole number above 0 that no other entry has; higher than those of all entries that were there before. */
  readonly position: number
  readonly event: BusEvent
}

/** Which entries are wanted; without a member, all. */
export interface LogQuery {
  /** Only what comes behind this position: the last one that was read, to go on from there; 0 is the very beginning. */
  readonly after?: number | undefined
  readonly pattern?: string | undefined
  /** Events of this time or later, in epoch ms. */
  readonly from?: number | undefined
  /** Events before this time, in epoch ms. */
  readonly to?: number | undefined
  readonly subject?: string | undefined
  /** `null`: events that belong to nobody. */
  readonly userId?: string | null | undefined
  readonly correlationId?: string | undefined
  /** `backward`: the newest first; `after` then means below that position. Default `forward`. */
  readonly direction?: 'forward' | 'backward' | undefined
  /** At most so many. Default all. */
  readonly limit?: number | undefined
  /** Reads on where something after `after` is missing, instead of throwing `log-gap`. Default false. */
  readonly acceptGap?: boolean | undefined
}
