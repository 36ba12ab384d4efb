import type { Clock } from '../src/index.ts'

interface Timer {
  readonly due: number
  readonly run: () => void
}

/** A clock that only moves when it is told to. */
export function manualTime(
  start = 1_000_000,
): Clock & { advance(ms: number): void; readonly timers: number } {
  let now = start
  const timers = new Set<Timer>()
  return {
    now: () => now,
    elapsed: () => now,
    setTimeout: (run, ms) => {
      const timer = { due: now + ms, run }
      timers.add(timer)
      return timer
    },
    clearTimeout: (timer) => void timers.delete(timer as Timer),
    advance: (ms) => {
      now += ms
      for (const timer of [...timers].toSorted((a, b) => a.due - b.due)) {
        if (timer.due > now || !timers.delete(timer)) continue
        timer.run()
      }
    },
    get timers() {
      return timers.size
    },
  }
}
