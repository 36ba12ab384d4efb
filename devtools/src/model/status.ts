/** What is known of an event's way, as bits of one number: several may be true at once. */
export const status = {
  /** It entered the bus. */
  published: 1,
  /** It came over a bridge. */
  received: 2,
  /** A handler has finished with it. */
  handled: 4,
  /** A handler, or a bridge that should carry it, failed and has not made up for it. */
  failed: 8,
  /** No handler took it. */
  unhandled: 16,
  /** It went no further. */
  dropped: 32,
  /** A handler failed and was called again, or is to be. */
  retry: 64,
  /** It was given up, and is a dead letter. */
  dead: 128,
  /** A handler is to be called again. */
  waiting: 256,
  /** It is no event: something may be missing here. */
  gap: 512,
} as const

/** All of them together. */
export const allBits: number = Object.values(status).reduce((all, bit) => all | bit, 0)

/** One of the words after `is:`. */
export type StatusWord = 'ok' | 'error' | Exclude<keyof typeof status, 'failed'>

/** All of them, as a list to offer. */
export const statusWords: readonly StatusWord[] = [
  'ok',
  'error',
  'retry',
  'waiting',
  'dead',
  'unhandled',
  'dropped',
  'handled',
  'published',
  'received',
  'gap',
]

const bad = status.failed | status.unhandled | status.dropped | status.dead

/** `ok`: handled, and nothing amiss. `error`: a handler failed, and has not made up for it by a later call. */
export function hasStatus(bits: number, word: StatusWord): boolean {
  if (word === 'ok') return (bits & status.handled) !== 0 && (bits & bad) === 0
  return (bits & (word === 'error' ? status.failed : status[word])) !== 0
}
