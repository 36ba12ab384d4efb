import type { Clock } from '@heliobus/core'

/** Time that passes only when it is told to. */
export interface VirtualClock extends Clock {
  readonly pass: (ms: number) => void
}

export function createVirtualClock(): VirtualClock {
  const timers = new Map<number, { readonly run: () => void; readonly at: number }>()
  let now = 0
  let nextTimer = 0
  return {
    now: () => now,
    elapsed: () => now,
    setTimeout(run, ms) {
      timers.set(++nextTimer, { run, at: now + ms })
      return nextTimer
    },
    clearTimeout: (timer) => void timers.delete(Number(timer)),
    pass(ms) {
      for (const end = now + ms; now < end; now++)
        for (const [id, { run, at }] of timers) if (at <= now && timers.delete(id)) run()
    },
  }
}
