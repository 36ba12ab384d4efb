import type { Pulse } from '../panel/state/pulse.ts'

/** Lets a panel draw while the window that it stands in is seen, until the returned function is called. */
export function beat(pulse: Pulse, seenIn: Window): () => void {
  const { document } = seenIn
  const follow = (): void => (document.hidden ? pulse.stop() : pulse.start(seenIn))
  document.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    pulse.stop()
    document.removeEventListener('visibilitychange', follow)
  }
}
