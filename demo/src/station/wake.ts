import type { Wake } from '@heliobus/websocket'

/** Says when to look at the connection at once: when the browser is online again, when the page is seen again, on demand. */
export function createWake(): { readonly wake: Wake; readonly tryNow: () => void } {
  const runs = new Set<() => void>()
  return {
    tryNow: () => {
      for (const run of runs) run()
    },
    wake(run) {
      const seen = (): void => (document.visibilityState === 'visible' ? run() : undefined)
      runs.add(run)
      addEventListener('online', run)
      document.addEventListener('visibilitychange', seen)
      return () => {
        runs.delete(run)
        removeEventListener('online', run)
        document.removeEventListener('visibilitychange', seen)
      }
    },
  }
}
