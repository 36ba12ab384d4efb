import { type LinkStatus, systemClock } from '@heliobus/core'
import { memo, type ReactNode } from 'react'
import type { Uplink } from '../station/uplink.ts'
import { AbsenceList } from './absence-list.tsx'
import { CableSwitch } from './cable-switch.tsx'
import { seconds } from './numbers.ts'
import { Route } from './route.tsx'
import { statusGlyphs } from './status-glyphs.ts'
import { useEvery } from './use-every.ts'

interface Props {
  readonly uplink: Uplink | undefined
}

/** How this tab is joined to the ground station. */
export const StationPanel = memo(function StationPanel({ uplink }: Props): ReactNode {
  return (
    <section className="panel station" aria-labelledby="station">
      <h2 id="station">Ground station</h2>
      <div className="frame box" data-testid="station">
        {uplink === undefined ? <Alone /> : <Joined uplink={uplink} />}
      </div>
    </section>
  )
})

function Alone(): ReactNode {
  return (
    <p className="quiet">
      None serves this page: every module runs in this tab, and events go to other tabs of this browser only.{' '}
      <code>npm start</code> brings one, with a hub, a log and services of its own.
    </p>
  )
}

const INTERVAL = 250 // ms

const words: Readonly<Record<LinkStatus, string>> = {
  open: 'connected',
  connecting: 'connecting',
  lost: 'lost',
  closed: 'closed',
}

function Joined({ uplink }: { readonly uplink: Uplink }): ReactNode {
  useEvery(INTERVAL)
  const { status, refusal, nextAttempt, tryNow, absences } = uplink
  return (
    <>
      <p className="lead">
        <output className={`link ${status}`}>
          <span aria-hidden="true">{statusGlyphs[status]}</span> <b data-testid="uplink">{words[status]}</b>
        </output>
        {refusal !== undefined && <span className="quiet">{refusal}</span>}
        {nextAttempt !== undefined && <NextAttempt at={nextAttempt} tryNow={tryNow} />}
        <CableSwitch uplink={uplink} />
      </p>
      <Route uplink={uplink} />
      <AbsenceList absences={absences} />
    </>
  )
}

function NextAttempt({ at, tryNow }: { readonly at: number; readonly tryNow: () => void }): ReactNode {
  return (
    <>
      <span className="quiet" data-testid="next-attempt">
        coming back in {seconds(Math.max(0, at - systemClock.now()))}
      </span>
      <button type="button" onClick={tryNow}>
        Try now
      </button>
    </>
  )
}
