import type { ReactNode } from 'react'
import { AlertsButton } from '../alerts/alerts-button.tsx'
import { duration, perSecond, wholeNumber } from '../look/figures.ts'
import type { Panel } from '../state/panel.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { Item } from './item.tsx'
import { LettersItem } from './letters-item.tsx'
import { LinkItems } from './links.tsx'
import { NoticesButton } from './notices-button.tsx'

const INTERVAL = 500 // ms: what changes faster can't be read

/** The sums, what was lost, and what the panel itself costs. */
export function StatusBar(): ReactNode {
  const panel = usePanel()
  const session = useSession()
  useFrame(INTERVAL)
  const { notices, links } = session.recorder
  return (
    <div className="hb-status-around">
      <footer className="hb-status">
        <div className="hb-status-sums">
          <Sums session={session} />
        </div>
        <LinkItems links={links} />
        <Cost panel={panel} />
      </footer>
      <AlertsButton session={session} />
      <NoticesButton notices={notices} />
    </div>
  )
}

function Sums({ session }: { readonly session: Session }): ReactNode {
  const { statistics } = session.recorder
  const { published, rate, ms, failures, unhandled, dropped } = statistics.all.figures(session.now)
  return (
    <>
      <Item
        title={session.bus === undefined ? 'Events in the recording' : 'Events since recording began; exact'}
      >
        <b data-testid="events">{wholeNumber(published)}</b> {published === 1 ? 'event' : 'events'}
      </Item>
      <Item title="Events a second, over the last 5 s">
        <b>{perSecond(rate)}</b>
      </Item>
      <Item title={`95 % of the handlers took no longer; rests on ${wholeNumber(ms.samples)} calls`} isExtra>
        p95 <b>{ms.samples === 0 ? '–' : duration(ms.p95)}</b>
      </Item>
      <Item title="Calls of handlers that failed" tone={failures > 0 ? 'error' : undefined}>
        {failures > 0 && '✕ '}
        <b data-testid="errors">{wholeNumber(failures)}</b> {failures === 1 ? 'error' : 'errors'}
      </Item>
      <LettersItem session={session} />
      <Item title="Events that no handler took" tone={unhandled > 0 ? 'warn' : undefined} isExtra>
        {unhandled > 0 && '○ '}
        <b>{wholeNumber(unhandled)}</b> unhandled
      </Item>
      <Lost dropped={dropped} refused={statistics.refused} />
      <ListUse session={session} />
      {session.remark !== '' && <Item title={session.remark}>{session.remark}</Item>}
    </>
  )
}

interface LostProps {
  readonly dropped: number
  readonly refused: number
}

function Lost({ dropped, refused }: LostProps): ReactNode {
  if (dropped + refused === 0) return null
  const title = `Events that went no further: ${wholeNumber(dropped)}; publishes that were refused: ${wholeNumber(refused)}`
  return (
    <Item title={title} tone="warn">
      ▲ <b>{wholeNumber(dropped + refused)}</b>
      <span className="hb-status-extra"> dropped or refused</span>
    </Item>
  )
}

/** How full the list is, and how many events have left it. */
function ListUse({ session }: { readonly session: Session }): ReactNode {
  const { length, capacity, discarded } = session.recorder.rows
  const left = discarded > 0 ? `, ${wholeNumber(discarded)} discarded` : ''
  return (
    <Item
      title={`${wholeNumber(length)} of ${wholeNumber(capacity)} places of the list are taken${left}`}
      isExtra
    >
      list <b>{percent(length / capacity)}</b>
      {left}
    </Item>
  )
}

/** Never 0 % of something, nor 100 % before it is full. */
function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1%' : `${Math.floor(share * 100)}%`
}

function Cost({ panel: { pulse } }: { readonly panel: Panel }): ReactNode {
  const cost = `${pulse.cost.toFixed(1)} ms`
  const title = 'What drawing the panel costs a frame, and how often it is drawn while events flow'
  if (pulse.spares)
    return (
      <Item title={title} tone="warn">
        drawing at {pulse.rate} Hz<span className="hb-status-extra"> to spare your app: {cost} a frame</span>
      </Item>
    )
  return (
    <Item title={title} isExtra>
      panel <b>{cost}</b> × <b>{pulse.rate}</b> Hz
    </Item>
  )
}
