import { exponential, type Retry } from './backoff.ts'
import type { AnyBus, DefinitionsOf } from './bus.ts'
import type { EventLog } from './event-log.ts'
import type { Checked } from './event-types.ts'
import { checkOption, isBound, isCount, isMs } from './option.ts'
import { isList, type PatternLike, toPattern } from './pattern-like.ts'
import { Recorder, type RecorderSettings } from './recorder.ts'
import type { RetentionOptions } from './retention.ts'
import { isSecretName } from './secret-names.ts'
import { MANY } from './topic.ts'

/** How a bus is recorded; every member optional. */
export interface RecordOptions<P = PatternLike> {
  /** What is recorded. Default everything. */
  readonly pattern?: P | readonly P[]
  /** What signals and errors call it. Default `log`. */
  readonly name?: string
  readonly batch?: {
    /** Events appended at a time, at most. Default 500. */
    readonly size?: number
    /** How long the first event of a batch waits for more, in ms. Default 10. */
    readonly wait?: number
  }
  readonly backlog?: {
    /** How many events may wait for the log. Default 100,000. */
    readonly limit?: number
    /** Which event is left out when there is no place: the one that comes (default), or the one that has waited longest. */
    readonly overflow?: 'newest' | 'oldest'
  }
  /** How long to wait after a failure: only its `delay` counts, for a recording does not give up. Default: up to 30 s. */
  readonly retry?: Pick<Retry, 'delay'>
  /**
   * Whether what is under a name is masked, wherever it is in the data. Default `isSecretName`: password, token and their
   * like. What definitions declare as `sensitive` is masked in any case.
   */
  readonly isSecret?: (name: string) => boolean
  /** What the log keeps. Default 7 days; `false`: all, and who cares for the log prunes it. */
  readonly retention?: RetentionOptions | false
}

/** A recording that goes on. It ends with its bus. */
export interface Recording {
  readonly name: string
  /** Events that are not stored yet. */
  readonly waiting: number
  /** Events that the log has taken. */
  readonly stored: number
  /** Events that are not in the log and won't be; each has been signalled. */
  readonly dropped: number
  /** Resolves when what was published so far is stored, or dropped. */
  flush(): Promise<void>
  /**
   * Ends the recording once what waits is stored. What isn't within `timeout` ms (default 5,000) is dropped, and signalled.
   * The log stays open. Twice is fine.
   */
  close(options?: { readonly timeout?: number }): Promise<void>
}

/**
 * Keeps the events of a bus in a log, those that come over bridges included: in batches, in order. A publish only puts the
 * event into the backlog. An append that fails is made again until it succeeds; what an id is stored under already is left
 * alone, so several processes may record into one log. What comes over a bridge counts as settled only when it is stored:
 * a transport that acknowledges does so after that. `bus.close()` waits until everything is stored, at most 5 s.
 *
 * A recording that nobody closes lets its process end once everything is stored: what waits for its batch, or for the next
 * try, holds the process; retention does not.
 *
 * Nothing is lost without a word: see the signals `log`, `dropped` (`backlog`, `unstorable`, `unrecorded`) and `overflow`.
 * Throws `pattern-invalid`, `option-invalid`, `bus-closed`.
 *
 * @example
 * const recording = record(bus, createMemoryLog(), { pattern: ['order.**', 'user.**'] })
 * await recording.flush()
 */
export function record<B extends AnyBus, const P extends PatternLike>(
  bus: B,
  log: EventLog,
  options: RecordOptions<Checked<DefinitionsOf<B>, P>> = {},
): Recording {
  return new Recorder(bus.inlet, log, settle(options))
}

const DAY = 24 * 60 * 60 * 1_000
type BatchSettings = Pick<RecorderSettings, 'size' | 'wait'>
type BacklogSettings = Pick<RecorderSettings, 'limit' | 'dropsOldest'>

const COUNT = 'must be a whole number above 0'
const MS = 'must be ms, not below 0 and below 2 ** 31'
const usualRetention: Required<RetentionOptions> = {
  age: 7 * DAY,
  keep: Number.POSITIVE_INFINITY,
  every: DAY / 24,
}

function settle({ pattern = MANY, name = 'log', ...options }: RecordOptions): RecorderSettings {
  return {
    name,
    patterns: (isList(pattern) ? pattern : [pattern]).map(toPattern),
    ...batchOf(options.batch),
    ...backlogOf(options.backlog),
    delay: (options.retry ?? exponential()).delay,
    retention: retentionOf(options.retention),
    isSecret: options.isSecret ?? isSecretName,
  }
}

function batchOf({ size = 500, wait = 10 }: NonNullable<RecordOptions['batch']> = {}): BatchSettings {
  checkOption('batch.size', size, isCount, COUNT)
  checkOption('batch.wait', wait, isMs, MS)
  return { size, wait }
}

function backlogOf({
  limit = 100_000,
  overflow = 'newest',
}: NonNullable<RecordOptions['backlog']> = {}): BacklogSettings {
  const isKnown = overflow === 'newest' || overflow === 'oldest'
  checkOption('backlog.limit', limit, isCount, COUNT)
  checkOption('backlog.overflow', overflow, () => isKnown, 'must be newest or oldest')
  return { limit, dropsOldest: overflow === 'oldest' }
}

function retentionOf(options: RetentionOptions | false = {}): Required<RetentionOptions> | undefined {
  if (options === false) return undefined
  const retention = { ...usualRetention, ...options }
  checkOption('retention.age', retention.age, (ms) => ms > 0, 'must be ms, above 0')
  checkOption('retention.keep', retention.keep, isBound, 'must be a whole number, or Infinity')
  checkOption(
    'retention.every',
    retention.every,
    (ms) => ms >= 1 && isMs(ms),
    'must be ms, above 0 and below 2 ** 31',
  )
  return retention
}
