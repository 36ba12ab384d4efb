/** Something outside React, looked at now and then. Fits `useSyncExternalStore`. */
export interface Store<T> {
  readonly get: () => T
  readonly subscribe: (onChange: () => void) => () => void
  /** Looks now: for what the visitor has just done. */
  readonly refresh: () => void
}

const INTERVAL = 100 // ms: what changes faster can't be read

/** Takes a sample with a frame of the page, at most ten times a second, however much happens. */
export function createStore<T>(sample: (before?: T) => T): Store<T> {
  const listeners = new Set<() => void>()
  let current = sample()
  let sampledAt = 0
  let frame = 0

  const refresh = (): void => {
    const before = current
    current = sample(before)
    if (current !== before) for (const listener of listeners) listener()
  }
  const look = (now: number): void => {
    frame = requestAnimationFrame(look)
    if (now - sampledAt < INTERVAL) return
    sampledAt = now
    refresh()
  }

  return {
    get: () => current,
    subscribe(onChange) {
      if (listeners.size === 0) frame = requestAnimationFrame(look)
      listeners.add(onChange)
      return () => {
        listeners.delete(onChange)
        if (listeners.size === 0) cancelAnimationFrame(frame)
      }
    },
    refresh,
  }
}
