import type { Observable } from 'rxjs'
import type { BusEvent } from './event.ts'
import type { FailedAttempt, HandlerOutcome } from './task.ts'

/**
 * - `failed`: a handler gave up on it.
 * - `overflow`: too many waited for the handler.
 * - `invalid`: it arrived over a bridge and does not fit its definition. At most a tenth of all, for strangers send them.
 * - `unrouted`: nobody handles it, on a bus that is `strict`.
 */
export type LetterKind = 'failed' | 'overflow' | 'invalid' | 'unrouted'

/** An event that was given up, with all there is to say about it. */
export interface DeadLetter {
  /** The same for the same event at the same handler: a redrive that fails brings back the same letter. */
  readonly id: string
  readonly kind: LetterKind
  readonly event: BusEvent
  /** Who gave up; `undefined` when no handler was involved. */
  readonly handler: string | undefined
  readonly patterns: readonly string[]
  /** Every call that failed, oldest first, those before a redrive included; the newest 100. */
  readonly attempts: readonly FailedAttempt[]
  /** What was wrong last. */
  readonly error: unknown
  /** When it was given up, epoch ms. */
  readonly at: number
}

/** Which letters; all that is given must fit. */
export interface LetterFilter {
  readonly pattern?: string
  readonly handler?: string
  readonly kind?: LetterKind
  /** In the error's name or message; upper and lower case are the same. */
  readonly error?: string
  /** So many at most, the oldest first. */
  readonly limit?: number
}

export interface RedriveOptions {
  /** Letters a second. Default: all at once. */
  readonly rate?: number
  /** Only says what would go where. Default false. */
  readonly dryRun?: boolean
  /** Goes no further. */
  readonly signal?: AbortSignal
}

/** What became of one letter. */
export interface Redriven {
  readonly letter: DeadLetter
  /**
   * `handled` letters are gone. `failed` ones are back, with the new attempts. `handler-gone` and `cancelled` ones stay:
   * there is no such handler, or it ended meanwhile. `under-way`: somebody else redrives it already. `would-go`: a dry run.
   */
  readonly status: HandlerOutcome['status'] | 'handler-gone' | 'under-way' | 'would-go'
  readonly error?: unknown
}

/** What handlers gave up on: bounded, the oldest are pushed out, counted and signalled. */
export interface DeadLetters {
  readonly size: number
  /** Each letter as it comes, those that come back included. */
  readonly added$: Observable<DeadLetter>
  /** Oldest first. Throws `pattern-invalid`. */
  list(filter?: LetterFilter): readonly DeadLetter[]
  /**
   * Hands letters to the handlers that gave up on them, and to nobody else; each takes its turn in its lane and is retried
   * like any event. What no handler gave up on goes to everybody who takes it now; `invalid` ones only if they fit by now.
   * Resolves when all are done. A single one rejects with `letter-unknown`, `handler-gone`.
   */
  redrive(which: string | LetterFilter, options?: RedriveOptions): Promise<readonly Redriven[]>
  /** Forgets letters; returns how many. */
  discard(which: string | LetterFilter): number
}
