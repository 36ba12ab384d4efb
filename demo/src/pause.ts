import type { Clock } from '@heliobus/core'

/** Resolves after `ms`, or as soon as the signal says so; whether the time has really passed. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const timer = clock.setTimeout(() => resolve(true), ms)
    signal.addEventListener('abort', () => {
      clock.clearTimeout(timer)
      resolve(false)
    })
  })
}
