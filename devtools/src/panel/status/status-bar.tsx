import { type ReactNode, useState } from 'react'
import { Button } from '../look/button.tsx'
import { duration, perSecond, wholeNumber } from '../look/figures.ts'
import type { Panel } from '../state/panel.ts'
import type { Session } from '../state/session.ts'
import { useFrame, usePanel, useSession } from '../use-panel.ts'
import { linksOf } from './links.ts'
import { NoticesList, worthTelling } from './notices-list.tsx'

const INTERVAL = 500 // ms: what changes faster can't be read

/** The sums, what was lost, and what the panel itself costs. */
export function StatusBar(): ReactNode {
  const panel = usePanel()
  const session = useSession()
  const [isOpen, setOpen] = useState(false)
  useFrame(INTERVAL)
  const count = worthTelling(session).filter(({ tone }) => tone !== 'info').length
  return (
    <div className="hb-status-around">
      {isOpen && <NoticesList session={session} />}
      <footer className="hb-status">
        <Sums session={session} />
        <div className="hb-status-room" />
        <Links session={session} />
        <Cost panel={panel} />
        <Button
          label="Notices"
          expanded={isOpen}
          className={count > 0 ? 'hb-warn' : ''}
          onClick={() => setOpen(!isOpen)}
        >
          {count > 0 ? `▲ ${wholeNumber(count)} notices` : 'Notices'}
        </Button>
      </footer>
    </div>
  )
}

interface ItemProps {
  readonly title: string
  readonly children: ReactNode
  readonly tone?: string
  /** Goes first where there is little room. */
  readonly isExtra?: boolean
}

function Item({ title, children, tone = '', isExtra = false }: ItemProps): ReactNode {
  return (
    <span className={`hb-status-item ${tone} ${isExtra ? 'hb-status-extra' : ''}`} title={title}>
      {children}
    </span>
  )
}

function Sums({ session }: { readonly session: Session }): ReactNode {
  const { statistics, rows } = session.recorder
  const { published, rate, ms, failures, unhandled, dropped } = statistics.all.figures(session.now)
  const left = rows.discarded > 0 ? `, ${wholeNumber(rows.discarded)} discarded` : ''
  return (
    <>
      <Item title="Events since recording began; exact">
        <b data-testid="events">{wholeNumber(published)}</b> events
      </Item>
      <Item title="Events a second, over the last 5 s">
        <b>{perSecond(rate)}</b>
      </Item>
      <Item title={`95 % of the handlers took no longer; rests on ${wholeNumber(ms.samples)} calls`} isExtra>
        p95 <b>{ms.samples === 0 ? '–' : duration(ms.p95)}</b>
      </Item>
      <Item title="Handlers that failed" tone={failures > 0 ? 'hb-error' : ''}>
        {failures > 0 && '✕ '}
        <b data-testid="errors">{wholeNumber(failures)}</b> errors
      </Item>
      <Item title="Events that no handler took" tone={unhandled > 0 ? 'hb-warn' : ''} isExtra>
        {unhandled > 0 && '○ '}
        <b>{wholeNumber(unhandled)}</b> unhandled
      </Item>
      {dropped + statistics.refused > 0 && (
        <Item title="Events that went no further, and publishes that were refused" tone="hb-warn">
          ▲ <b>{wholeNumber(dropped + statistics.refused)}</b> dropped or refused
        </Item>
      )}
      <Item
        title={`${wholeNumber(rows.length)} of ${wholeNumber(rows.capacity)} places of the list are taken${left}`}
        isExtra
      >
        list <b>{Math.floor((rows.length / rows.capacity) * 100)}%</b>
        {left}
      </Item>
      {session.remark !== '' && <Item title="The recording">{session.remark}</Item>}
    </>
  )
}

function Links({ session }: { readonly session: Session }): ReactNode {
  return linksOf(session).map(({ name, status }) => (
    <Item key={name} title={`The bridge ${name} is ${status}`} tone={status === 'lost' ? 'hb-error' : ''}>
      <span aria-hidden="true">{status === 'open' ? '● ' : '◌ '}</span>
      {name} {status === 'open' ? '' : status}
    </Item>
  ))
}

function Cost({ panel: { pulse } }: { readonly panel: Panel }): ReactNode {
  const cost = `${pulse.cost.toFixed(1)} ms`
  return (
    <Item
      title="What drawing the panel costs, and how often it is drawn while events flow"
      tone={pulse.spares ? 'hb-warn' : ''}
      isExtra={!pulse.spares}
    >
      {pulse.spares ? (
        `drawing at ${pulse.rate} Hz to spare your app: ${cost} a frame`
      ) : (
        <>
          panel <b>{cost}</b>
        </>
      )}
    </Item>
  )
}
