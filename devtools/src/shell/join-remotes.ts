import type { RemoteTap } from '@heliobus/core'
import type { Panel } from '../panel/state/panel.ts'

/** Shows other processes in the timeline of the first bus, from now on. Few have any: how is loaded when it is needed. */
export function joinRemotes(panel: Panel, remotes: readonly RemoteTap[] = []): void {
  if (remotes.length === 0) return
  import('../remote/join.ts').then(
    ({ join }) => join(panel.sessions[0]!, remotes),
    (error: unknown) => panel.tell(`Other processes can't be watched: ${String(error)}`),
  )
}
