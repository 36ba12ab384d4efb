import type { Failure } from '@heliobus/core'
import { memberOf, messageOf, timeOf, type Entry } from './entry.ts'
import type { Tenure } from './tenure.ts'

/**
 * - `failed`: a handler gave up on it.
 * - `invalid`: it never reached one, for it does not fit.
 * - `crashed`: it was begun again and again, and who began it last has ended.
 * - `expired`: it was too old before the group came to handle it.
 */
export type StreamLetterKind = 'failed' | 'invalid' | 'crashed' | 'expired'

/** An event that a group has given up, with all there is to say about it. */
export interface StreamLetter {
  readonly kind: StreamLetterKind
  /** As it came: a CloudEvent, if it was one. */
  readonly event: unknown
  readonly stream: string
  /** Its place there. */
  readonly position: string
  readonly group: string
  /** Who gave up; absent when no handler was involved. */
  readonly handler?: string
  /** Calls of the handler, those before a redrive included. */
  readonly attempts: number
  /** How often it was handed out. */
  readonly deliveries: number
  readonly redrives: number
  /** When it was published, by the clock of Redis, and when it was given up; epoch ms. */
  readonly firstAt: number
  readonly at: number
  readonly error: LetterError
  /** Of the tenure in which it was given up, and whose that was. */
  readonly fence: number
  readonly member: string
  readonly correlationId?: string
}

/** What was wrong, as far as it can be kept. */
export interface LetterError {
  readonly name: string
  readonly message: string
  readonly code?: string
  /** At most 8 KiB. */
  readonly stack?: string
}

const MAX_STACK = 8 * 1024
const MAX_TEXT = 2 * 1024

/** Where and how often an event was handled when it was given up. */
export interface Occasion {
  readonly tenure: Pick<Tenure, 'keys' | 'member' | 'fence'>
  readonly entry: Entry
  readonly deliveries: number
  readonly at: number
}

export function letterOf(
  { tenure, entry, deliveries, at }: Occasion,
  kind: StreamLetterKind,
  {
    handler,
    attempts,
    error,
  }: { readonly handler?: string; readonly attempts: number; readonly error: unknown },
): StreamLetter {
  const event = messageOf(entry)
  const correlationId = memberOf(event, 'correlationid')
  const { redrive } = entry
  return {
    kind,
    event: event === undefined ? entry.body : event,
    stream: tenure.keys.log,
    position: entry.id,
    group: tenure.keys.group,
    ...(handler !== undefined && { handler }),
    attempts: attempts + (redrive?.attempts ?? 0),
    deliveries,
    redrives: redrive?.redrives ?? 0,
    firstAt: timeOf(entry.id),
    at,
    error: describe(error),
    fence: tenure.fence,
    member: tenure.member,
    ...(typeof correlationId === 'string' && { correlationId }),
  }
}

/** One for each handler that gave up. */
export function lettersOf(occasion: Occasion, failures: readonly Failure[]): readonly StreamLetter[] {
  return failures.map((failure) => letterOf(occasion, 'failed', failure))
}

function describe(error: unknown): LetterError {
  if (!(error instanceof Error)) return { name: typeof error, message: clipped(shown(error), MAX_TEXT) }
  const code = memberOf(error, 'code')
  return {
    name: clipped(error.name, MAX_TEXT),
    message: clipped(error.message, MAX_TEXT),
    ...(typeof code === 'string' && { code: clipped(code, MAX_TEXT) }),
    ...(error.stack !== undefined && { stack: clipped(error.stack, MAX_STACK) }),
  }
}

/** What is thrown may be anything, also what can't be shown. */
function shown(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return Object.prototype.toString.call(thrown)
  }
}

function clipped(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text
}
