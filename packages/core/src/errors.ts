/** One thing a schema found wrong: its words, and where in the payload. */
export interface Issue {
  readonly message: string
  readonly path: readonly PropertyKey[]
}

/** What each error code tells besides its message. */
export interface ErrorDetails {
  'topic-invalid': { readonly topic: string; readonly reason: string }
  'pattern-invalid': { readonly pattern: string; readonly reason: string }
  'topic-unknown': { readonly topic: string; readonly nearest?: string | undefined }
  'payload-invalid': { readonly topic: string; readonly issues: readonly Issue[] }
  'schema-async': { readonly topic: string }
  'version-unknown': { readonly topic: string; readonly version: number; readonly known: number }
  'upcast-failed': { readonly topic: string; readonly version: number }
  'key-failed': { readonly topic: string }
  'definition-conflict': { readonly topic: string }
  'option-invalid': { readonly option: string; readonly reason: string }
  'bus-closed': { readonly bus: string }
  'event-unknown': { readonly id: string }
  'wait-timeout': { readonly pattern: string; readonly ms: number }
  'iterator-overflow': { readonly limit: number }
  'queue-full': { readonly handler: string; readonly topic: string }
  'handler-timeout': { readonly handler: string; readonly ms: number }
  'call-cancelled': { readonly handler: string; readonly reason: string }
  'context-late': { readonly handler: string }
  'event-loop': { readonly chain: readonly string[]; readonly depth: number }
  'letter-unknown': { readonly id: string }
  'handler-gone': { readonly id: string; readonly handler: string }
  'drain-timeout': { readonly bus: string; readonly ms: number; readonly inFlight: number }
  'wire-malformed': { readonly reason: string }
  'wire-unsupported': { readonly path: string; readonly reason: string }
  'wire-too-large': { readonly bytes: number; readonly limit: number }
  'link-refused': { readonly transport: string }
  'link-failed': { readonly transport: string }
  'outbox-full': { readonly outbox: string; readonly waiting: number }
  'outbox-failed': { readonly outbox: string }
  'log-unsupported': { readonly id: string; readonly path: string; readonly reason: string }
  'log-gap': { readonly after: number; readonly removed: number; readonly last: number }
  'log-closed': { readonly log: string }
  'log-locked': { readonly log: string }
  'log-corrupt': { readonly log: string; readonly reason: string }
  'log-full': { readonly log: string }
  'log-failed': { readonly log: string }
  'redis-refused': { readonly command: string; readonly reply: string }
  'redis-lost': { readonly command: string }
  'redis-unreachable': {}
  'redis-closed': {}
}

export type ErrorCode = keyof ErrorDetails

// What is no string at all, a symbol say, must not break the message that says so.
const shown = (text: unknown): string => String(text)

const words: { readonly [C in ErrorCode]: (details: ErrorDetails[C]) => string } = {
  'topic-invalid': ({ topic, reason }) => `"${shown(topic)}" is not a topic: it ${reason}`,
  'pattern-invalid': ({ pattern, reason }) => `"${shown(pattern)}" is not a pattern: it ${reason}`,
  'topic-unknown': ({ topic, nearest }) =>
    `no definition in the catalog is called "${topic}"` +
    (nearest === undefined ? '; add one with defineEvent' : `; did you mean "${nearest}"?`),
  'payload-invalid': ({ topic, issues }) =>
    `the data of "${topic}" does not fit its schema: ` +
    issues.map(({ path, message }) => `${path.map(String).join('.') || 'data'}: ${message}`).join('; '),
  'schema-async': ({ topic }) =>
    `the schema of "${topic}" answered with a promise; publish is synchronous, so use a schema without async checks`,
  'version-unknown': ({ topic, version, known }) =>
    `"${topic}" came in version ${version}, and the definition here is of version ${known}; update this side`,
  'upcast-failed': ({ topic, version }) => `the upcast of "${topic}" from version ${version} threw`,
  'key-failed': ({ topic }) => `the key function of "${topic}" threw`,
  'definition-conflict': ({ topic }) =>
    `"${topic}" is defined twice, differently; "." and ":" name the same topic, so rename one of them`,
  'option-invalid': ({ option, reason }) => `the option ${option} ${reason}`,
  'bus-closed': ({ bus }) => `the bus "${bus}" is closed; nothing can be published or subscribed on it`,
  'event-unknown': ({ id }) =>
    `nothing is known of the event ${id}: it was not published on this bus, or has left its history (raise history.capacity)`,
  'wait-timeout': ({ pattern, ms }) => `no event matched "${pattern}" within ${ms} ms`,
  'iterator-overflow': ({ limit }) =>
    `the loop fell more than ${limit} events behind; make its body faster, raise the limit, or let it drop the oldest`,
  'queue-full': ({ handler, topic }) =>
    `too many events wait for the handler "${handler}" to take "${topic}"; publish slower, make it faster, or raise its queue's limit`,
  'handler-timeout': ({ handler, ms }) => `the handler "${handler}" was not done after ${ms} ms`,
  'call-cancelled': ({ handler, reason }) => `a call of the handler "${handler}" was given up: ${reason}`,
  'context-late': ({ handler }) =>
    `the handler "${handler}" read its context after an await; declare it as a second parameter, without a default`,
  'event-loop': ({ chain, depth }) =>
    `events cause each other in circles, ${depth} deep: ${chain.join(' → ')}; publish only when something has changed`,
  'letter-unknown': ({ id }) =>
    `there is no dead letter ${id}: it was redriven, discarded, or pushed out by newer ones`,
  'handler-gone': ({ id, handler }) =>
    `no subscription is called "${handler}" any more, so the dead letter ${id} has nowhere to go; subscribe with that name`,
  'drain-timeout': ({ bus, ms, inFlight }) =>
    `the bus "${bus}" still had ${inFlight} events in flight after ${ms} ms`,
  'wire-malformed': ({ reason }) => `a message is not an event: ${reason}`,
  'wire-unsupported': ({ path, reason }) => `${path} can't leave the process: ${reason}`,
  'wire-too-large': ({ bytes, limit }) =>
    `an event of at least ${bytes} bytes exceeds the limit of ${limit} bytes`,
  'link-refused': ({ transport }) => `the transport "${transport}" could not be opened`,
  'link-failed': ({ transport }) => `the transport "${transport}" could not send`,
  'log-unsupported': ({ id, path, reason }) => `the event ${id} can't be stored: ${path}: ${reason}`,
  'log-gap': ({ after, removed, last }) =>
    after > last
      ? `the log ends at position ${last}, so ${after} is a position of another one; start anew`
      : `entries after position ${after}, up to ${removed}, are not in the log any more; start anew, or read on with acceptGap`,
  'log-closed': ({ log }) => `the log "${log}" is closed`,
  'log-locked': ({ log }) => `the log "${log}" is locked by somebody else; try again, or close what holds it`,
  'log-corrupt': ({ log, reason }) =>
    `the log "${log}" is damaged: ${reason}; restore it, or begin a new one`,
  'log-full': ({ log }) => `the log "${log}" has no room left; free some, or shorten its retention`,
  'log-failed': ({ log }) => `the log "${log}" failed`,
  'outbox-full': ({ outbox }) => `the outbox "${outbox}" has no room left; publish slower`,
  'outbox-failed': ({ outbox }) => `the outbox "${outbox}" failed`,
  'redis-refused': ({ command, reply }) => `Redis refused ${command}: ${reply}`,
  'redis-lost': ({ command }) =>
    `the connection to Redis was lost before ${command} was answered; it may have been carried out`,
  'redis-unreachable': () => 'Redis can not be reached; nothing was sent',
  'redis-closed': () => 'the connection to Redis is closed',
}

/**
 * The only error that Heliobus raises. `code` says which, `details` holds the facts, `cause` what lay behind it.
 * Tell it by `isBusError`, which also works across two copies of the package.
 */
export class BusError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'BusError'
  readonly code: Code
  readonly details: ErrorDetails[Code]

  constructor(code: Code, details: ErrorDetails[Code], cause?: unknown) {
    super(words[code](details), cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }
}

/** True for a `BusError`, and for one with exactly this code when a code is given: narrows `error.details`. */
export function isBusError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is BusError<Code> {
  if (typeof error !== 'object' || error === null || !('name' in error) || !('code' in error)) return false
  return error.name === 'BusError' && (code === undefined || error.code === code)
}
