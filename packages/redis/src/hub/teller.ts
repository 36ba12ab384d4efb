import type { Logger } from '@heliobus/core'

export type Tell = (level: 'error' | 'warn', message: string, error?: unknown) => void

/** Writes down what happens to a history. A broken logger must not break it. */
export function teller(logger: Logger): Tell {
  const { level: most = 'error' } = logger
  const isHeard = { error: most !== 'silent', warn: most !== 'silent' && most !== 'error' }
  return (level, message, error) => {
    try {
      if (isHeard[level]) logger.log({ level, bus: 'redis-history', message, error })
    } catch {
      // There is no one left to tell.
    }
  }
}
