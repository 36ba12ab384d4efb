/** What is known of an event's way, as bits of one number: several may be true at once. */
export const status = {
  /** It entered the bus. */
  published: 1,
  /** It came over a bridge. */
  received: 2,
  /** A handler has finished with it. */
  handled: 4,
  /** A handler, or a bridge that should carry it, failed. */
  failed: 8,
  /** No handler took it. */
  unhandled: 16,
  /** It went no further. */
  dropped: 32,
} as const

/** One of the words after `is:`. */
export type StatusWord = 'ok' | 'error' | Exclude<keyof typeof status, 'failed'>

/** All of them, as a list to offer. */
export const statusWords: readonly StatusWord[] = [
  'ok',
  'error',
  'unhandled',
  'dropped',
  'handled',
  'published',
  'received',
]

const bad = status.failed | status.unhandled | status.dropped

/** `ok`: handled, and nothing amiss. `error`: a handler failed. */
export function hasStatus(bits: number, word: StatusWord): boolean {
  if (word === 'ok') return (bits & status.handled) !== 0 && (bits & bad) === 0
  return (bits & (word === 'error' ? status.failed : status[word])) !== 0
}
