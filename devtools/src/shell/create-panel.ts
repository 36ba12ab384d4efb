import type { RemoteTap } from '@heliobus/core'
import { Panel } from '../panel/state/panel.ts'
import { Session, type WatchedBus } from '../panel/state/session.ts'
import { pageStorage, SettingsStore } from '../panel/state/settings.ts'

interface Options {
  readonly capacity?: number | undefined
  readonly dock?: 'bottom' | 'right' | undefined
  readonly remotes?: readonly RemoteTap[] | undefined
  /** Draws, and lets no error out. */
  readonly commit: (draw: () => void) => void
}

/** A panel over buses that records them from now on, with the page's clock, frames and storage. */
export function createPanel(
  buses: readonly WatchedBus[],
  { capacity, dock = 'bottom', remotes = [], commit }: Options,
): Panel {
  const recorder = capacity === undefined ? {} : { capacity }
  const panel = new Panel({
    sessions: buses.map((bus) => Session.ofBus(bus, () => Date.now(), recorder)),
    settings: new SettingsStore(pageStorage(), { dock }),
    frames: window,
    elapsed: () => performance.now(),
    commit,
  })
  if (remotes.length > 0) joinLater(panel, remotes)
  return panel
}

/** Few have other processes to watch: how is loaded when it is needed. */
function joinLater(panel: Panel, remotes: readonly RemoteTap[]): void {
  import('../remote/join.ts').then(
    ({ join }) => join(panel.sessions[0]!, remotes),
    (error: unknown) => panel.tell(`Other processes can't be watched: ${String(error)}`),
  )
}
