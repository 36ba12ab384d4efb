import { Panel } from '../panel/state/panel.ts'
import { Session, type WatchedBus } from '../panel/state/session.ts'
import { pageStorage, SettingsStore } from '../panel/state/settings.ts'

interface Options {
  readonly capacity?: number | undefined
  readonly dock?: 'bottom' | 'right' | undefined
  /** Draws, and lets no error out. */
  readonly commit: (draw: () => void) => void
}

/** A panel over buses that records them from now on, with the page's clock, frames and storage. */
export function createPanel(
  buses: readonly WatchedBus[],
  { capacity, dock = 'bottom', commit }: Options,
): Panel {
  const recorder = capacity === undefined ? {} : { capacity }
  return new Panel({
    sessions: buses.map((bus) => Session.ofBus(bus, () => Date.now(), recorder)),
    settings: new SettingsStore(pageStorage(), { dock }),
    frames: window,
    elapsed: () => performance.now(),
    commit,
  })
}
