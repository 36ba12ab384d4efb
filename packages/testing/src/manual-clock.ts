import type { Clock } from '@heliobus/core'

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /**
   * Lets `ms` pass: runs every timer that is due on the way, in order of time, those set on the way included, each at its
   * own time. What awaits goes on after that, as always.
   */
  advance(ms: number): void
  /** Timers that wait. */
  readonly pending: number
  /** In how many ms the next of them is due; `undefined` when none waits. */
  readonly next: number | undefined
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** For tests that don't sleep: `createBus({ clock })`. `now` is where it starts, in epoch ms; default 2000-01-01. */
export function createManualClock(now: number = Date.UTC(2000, 0, 1)): ManualClock {
  const timers = new Set<Timer>()
  let elapsed = 0

  function nextBefore(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer
    }
    return next
  }

  return {
    now: () => now + elapsed,
    elapsed: () => elapsed,
    setTimeout(run, ms) {
      const timer: Timer = { at: elapsed + Math.max(0, ms), run }
      timers.add(timer)
      return timer
    },
    clearTimeout(timer) {
      for (const one of timers) if (one === timer) timers.delete(one)
    },
    advance(ms) {
      const end = elapsed + ms
      for (let timer = nextBefore(end); timer !== undefined; timer = nextBefore(end)) {
        timers.delete(timer)
        elapsed = timer.at
        timer.run()
      }
      elapsed = end
    },
    get pending() {
      return timers.size
    },
    get next() {
      const timer = nextBefore(Number.POSITIVE_INFINITY)
      return timer && timer.at - elapsed
    },
  }
}
