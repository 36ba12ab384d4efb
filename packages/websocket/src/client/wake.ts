/** Calls `run` when it is worth looking at the connection at once. The returned function ends that. */
export type Wake = (run: () => void) => () => void

/** The part of a `Window` and of a `Document` that is used. */
interface Target {
  readonly visibilityState?: string
  addEventListener?(type: string, listener: () => void): void
  removeEventListener?(type: string, listener: () => void): void
}

/** When the network is back, and when the page is seen again: its timers stood still, or nearly so. Never outside of a page. */
export const platformWake: Wake = (run) => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every member may be absent, and is asked for
  const page = globalThis as unknown as Target & { readonly document?: Target }
  const document = page.document ?? {}
  const seen = (): void => (document.visibilityState === 'visible' ? run() : undefined)
  page.addEventListener?.('online', run)
  document.addEventListener?.('visibilitychange', seen)
  return () => {
    page.removeEventListener?.('online', run)
    document.removeEventListener?.('visibilitychange', seen)
  }
}
