import type { ReactNode } from 'react'
import { duration } from '../look/figures.ts'
import { Topic } from '../look/topic.tsx'
import type { Session } from '../state/session.ts'

interface Props {
  readonly session: Session
  readonly to: number
  /** The row that the time is told from; without one, no time is told. */
  readonly from?: number
}

/** The topic of another event, which a press selects, and how long before or after. */
export function EventLink({ session, to, from }: Props): ReactNode {
  const { rows } = session.recorder
  return (
    <>
      <button type="button" className="hb-link hb-mono" onClick={() => session.view.select(to)}>
        <Topic topic={rows.eventAt(to)?.type ?? ''} />
      </button>
      {from !== undefined && (
        <span className="hb-faint"> {distance(rows.time[rows.slot(to)]! - rows.time[rows.slot(from)]!)}</span>
      )}
    </>
  )
}

function distance(ms: number): string {
  if (ms === 0) return 'in the same millisecond'
  return `${duration(Math.abs(ms))} ${ms < 0 ? 'before' : 'after'}`
}
