import { exponential, type Retry } from './backoff.ts'
import { type ErrorCode, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { checkOption, isBound, isCount } from './option.ts'

/** A question about an event. A method's type, so that a predicate on one event type fits where all types are meant. */
export type Predicate<E extends BusEvent = BusEvent> = { ask(event: E): boolean }['ask']

/**
 * What a handler does with an event that comes while it is at work.
 *
 * - `key` (default): events of one key wait for each other, also while an earlier one is being retried; others don't.
 *   The key is the definition's, else the subject, else the user; an event without one waits for nobody.
 * - `serial`: one event at a time.
 * - `parallel`: nobody waits.
 * - `latest`: the one before is aborted and given up.
 * - `exhaust`: the new one is left out.
 */
export type Order = 'key' | 'serial' | 'parallel' | 'latest' | 'exhaust'

/** How many events may wait for a handler, and what happens to one too many. */
export interface QueuePolicy {
  /** Of one key. Default 1,000. */
  readonly limit?: number
  /** Of the whole subscription. Default 10,000. */
  readonly total?: number
  /**
   * `newest` (default): the event that has no place becomes a dead letter. `oldest`: the one that has waited longest does.
   * `error`: `publish` throws `queue-full`, and nobody gets the event. Where no publisher can be told (it came over a
   * bridge, or waited for its turn after a publish inside a handler), it becomes a dead letter as with `newest`.
   */
  readonly overflow?: 'oldest' | 'newest' | 'error'
}

/** How a subscription is run; every member optional. */
export interface Policy<E extends BusEvent = BusEvent> {
  /**
   * What signals, logs and lists call the handler, and dead letters find it by. Default: the function's own name, else
   * `anonymous`.
   */
  readonly name?: string
  /** Higher goes first, whatever the pattern; equals go in order of subscribing. Default 0. */
  readonly priority?: number
  /** Ends the subscription just before its first event is handled; that event is still retried. */
  readonly once?: boolean
  /** Ends the subscription when aborted; one that is aborted already makes a subscription that is closed. */
  readonly signal?: AbortSignal
  /** Only events for which it is true are handled. One that throws counts as the handler's failure, for good. */
  readonly where?: Predicate<E>
  /** When a failed call is made again. Default `exponential()`: 3 calls in all; `false`: only one. */
  readonly retry?: Retry | false
  /** How long one call may take, in ms; then its signal is aborted and it has failed. Default: for ever. */
  readonly timeout?: number
  /** Default `key`. */
  readonly order?: Order
  /** How many events are handled at a time. Default: as many as come. */
  readonly concurrency?: number
  readonly queue?: QueuePolicy
  /**
   * Events from the history before the first live one, oldest first: so many, those since a time (epoch ms), or all. None
   * is missed and none comes twice in between. `false` leaves out retained events, and whatever `replay` brings back from
   * a log. Default: retained events only.
   */
  readonly replay?: number | { readonly since: number } | 'all' | false
  /** Ends the scope's subscription of the same name first, and takes its place in the order: for hot reload. */
  readonly replace?: boolean
}

/** A policy with everything settled that delivery asks for. */
export interface Terms {
  readonly retry: Retry | undefined
  readonly timeout: number | undefined
  readonly order: Order
  readonly concurrency: number
  readonly limit: number
  readonly total: number
  readonly overflow: 'oldest' | 'newest' | 'error'
}

/** What a handler did wrong itself: the next call would do the same. */
const futile: readonly ErrorCode[] = [
  'topic-invalid',
  'topic-unknown',
  'payload-invalid',
  'schema-async',
  'key-failed',
  'pattern-invalid',
  'option-invalid',
  'event-loop',
  'bus-closed',
]

const ANY = Number.POSITIVE_INFINITY

const usual = exponential({ retryIf: (error) => !isBusError(error) || !futile.includes(error.code) })

export function termsOf({
  retry = usual,
  timeout,
  order = 'key',
  concurrency = ANY,
  queue = {},
}: Policy): Terms {
  const { limit = 1_000, total = 10_000, overflow = 'newest' } = queue
  return { retry: retry || undefined, timeout, order, concurrency, limit, total, overflow }
}

/** A call may be given up before its subscription ends. */
export function mayEndCalls({ timeout, order }: Partial<Pick<Terms, 'timeout' | 'order'>>): boolean {
  return timeout !== undefined || order === 'latest'
}

const orders: readonly unknown[] = ['key', 'serial', 'parallel', 'latest', 'exhaust']
const overflows: readonly unknown[] = ['oldest', 'newest', 'error']

/** Throws `option-invalid`. */
export function checkPolicy(policy: Policy): void {
  const { priority, name, timeout, concurrency, queue, replay, replace } = policy
  checkOption('priority', priority, Number.isFinite, 'must be a finite number')
  checkOption('name', name, (value) => value !== '', 'must not be empty')
  checkOption('timeout', timeout, (ms) => ms > 0 && ms < 2 ** 31, 'must be ms, above 0 and below 2 ** 31')
  checkChoice('order', policy.order, orders)
  checkOption('concurrency', concurrency, isCount, 'must be a whole number above 0')
  for (const bound of ['limit', 'total'] as const)
    checkOption(`queue.${bound}`, queue?.[bound], isBound, 'must be a whole number, or Infinity')
  checkChoice('queue.overflow', queue?.overflow, overflows)
  checkOption(
    'retry.attempts',
    policy.retry === false ? undefined : policy.retry?.attempts,
    isCount,
    'must be a whole number above 0',
  )
  checkOption('replay', replay, isReplay, "must be a whole number, 'all', false, or { since } in epoch ms")
  checkOption('replace', replace, (value) => !value || name !== undefined, 'needs a name')
}

function checkChoice(option: string, value: unknown, choices: readonly unknown[]): void {
  checkOption(option, value, (one) => choices.includes(one), `must be one of ${choices.join(', ')}`)
}

function isReplay(replay: Policy['replay']): boolean {
  if (typeof replay === 'number') return isBound(replay)
  return typeof replay !== 'object' || Number.isFinite(replay.since)
}
