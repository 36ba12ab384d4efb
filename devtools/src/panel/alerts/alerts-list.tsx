import type { Alert } from '@heliobus/core'
import type { ReactNode } from 'react'
import { deskOf } from '../dead-letters/desk.ts'
import { Button } from '../look/button.tsx'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { useStyles } from '../look/use-styles.ts'
import type { Panel } from '../state/panel.ts'
import type { Session } from '../state/session.ts'
import { usePanel } from '../use-panel.ts'
import { alertText } from './alert-text.ts'
import { alertsCss } from './alerts.css.ts'
import { EvidenceLine } from './evidence-line.tsx'

const SHOWN = 20

interface Props {
  readonly id: string
  readonly session: Session
}

/** The alerts with what they rest on, the newest first. */
export function AlertsList({ id, session }: Props): ReactNode {
  const { list, count } = session.recorder.alerts
  const shown = list.slice(-SHOWN).toReversed()
  return (
    <section ref={useStyles(alertsCss)} id={id} className="hb-notices" aria-label="Alerts">
      <h2>Alerts</h2>
      <ul>
        {shown.map((alert) => (
          <li key={`${alert.name} ${alert.at}`} className="hb-alert-line">
            <AlertLine alert={alert} session={session} />
          </li>
        ))}
      </ul>
      {count > shown.length && (
        <p className="hb-notices-note">{wholeNumber(count - shown.length)} older ones are not shown.</p>
      )}
    </section>
  )
}

function AlertLine({ alert, session }: Omit<Props, 'id'> & { readonly alert: Alert }): ReactNode {
  const panel = usePanel()
  const { name, on, at, evidence } = alert
  return (
    <>
      <p className="hb-alert-head">
        <time>{clockTime(at)}</time>
        <span className="hb-warn" aria-hidden="true">
          ▲
        </span>
        <strong>
          {name !== on && `${name}: `}
          {alertText(alert)}
        </strong>
        <span data-leaves="">
          <Button label="Look into it" outlined onClick={() => showCause(panel, session, alert)}>
            {on === 'dead-letters' ? 'Dead letters' : 'Events'}
          </Button>
        </span>
      </p>
      <ol aria-label="Evidence">
        {evidence.map((one, index) => (
          // What it rests on doesn't change.
          <EvidenceLine key={index} evidence={one} session={session} />
        ))}
      </ol>
    </>
  )
}

/** Shows what there was too much of. */
function showCause(panel: Panel, session: Session, { on, pattern, evidence }: Alert): void {
  const topic = pattern === '**' ? '' : pattern
  if (on === 'dead-letters') {
    deskOf(session)?.search(topic)
    return panel.show('letters')
  }
  const quickest = Math.floor(Math.min(...evidence.map(({ ms = 0 }) => ms)))
  const clause = on === 'slow' ? `dur>=${quickest}ms` : 'is:error'
  session.view.setFilter(topic === '' ? clause : `topic:${topic} ${clause}`)
  panel.show('stream')
}
