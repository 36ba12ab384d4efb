import type { Clock } from './clock.ts'

/**
 * A timer that keeps no process alive: what it does is done as long as there is somebody it is done for. Where timers can
 * hold a process, they have an `unref` that says so; elsewhere they never do.
 */
export function inBackground(clock: Clock, run: () => void, ms: number): unknown {
  const timer = clock.setTimeout(run, ms)
  if (holdsProcess(timer)) timer.unref()
  return timer
}

function holdsProcess(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function'
}
