import type { Evidence } from '@heliobus/core'
import type { ReactNode } from 'react'
import { shortText } from '../../model/members.ts'
import { clockTime, duration } from '../look/figures.ts'
import { Topic } from '../look/topic.tsx'
import type { Session } from '../state/session.ts'
import { usePanel } from '../use-panel.ts'

interface Props {
  readonly evidence: Evidence
  readonly session: Session
}

/** One occasion; its event can be selected while it is in the list. */
export function EvidenceLine({ evidence, session }: Props): ReactNode {
  const panel = usePanel()
  const { at, eventId, eventType, handler, ms, error } = evidence
  const row = session.recorder.rows.rowOfId(eventId)
  const select = (): void => {
    session.view.select(row)
    panel.show('stream')
  }
  return (
    <li>
      <time>{clockTime(at)}</time>
      {row < 0 ? (
        <span className="hb-mono">
          <Topic topic={eventType} />
        </span>
      ) : (
        <button type="button" className="hb-link hb-mono" data-leaves="" onClick={select}>
          {eventType}
        </button>
      )}
      {handler !== undefined && <span>{handler}</span>}
      {ms !== undefined && <span className="hb-mono">{duration(ms)}</span>}
      {error !== undefined && <span className="hb-cut hb-dim">{shortText(error, 200)}</span>}
    </li>
  )
}
