import { type RemoteTap, systemClock } from '@heliobus/core'
import type { Session } from '../panel/state/session.ts'
import { FarData } from './far-data.ts'
import { JoinedTaps } from './joined-taps.ts'

/** Puts other processes into the timeline of a session of a bus. They are watched while it records. */
export function join(session: Session, remotes: readonly RemoteTap[]): void {
  const { bus, recorder, farChanged } = session
  if (bus === undefined) return
  const { rows } = recorder
  const groupsHeard = (): void => far.groups.glance()
  const taps = new JoinedTaps({ bus, remotes, rows, clock: systemClock, groupsHeard })
  const far = new FarData(taps, rows, farChanged)
  session.join(taps.source, far)
}
