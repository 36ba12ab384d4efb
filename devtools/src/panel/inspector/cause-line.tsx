import { type ReactNode, useMemo } from 'react'
import { processAt } from '../look/process.ts'
import type { Inspected } from './inspector-tab.ts'
import { Topic } from '../look/topic.tsx'
import { usePanelState } from '../use-panel.ts'

const SHOWN = 4

/** What led to the event and what it led to, one step either way. Nothing for an event that stands alone, or where Explain tells. */
export function CauseLine({ session, row, event }: Inspected): ReactNode {
  const isTold = usePanelState(({ tab }) => tab === 'explain')
  const { causality, recorder } = session
  const { rows } = recorder
  const { next } = rows
  // Rows are only ever added: `next` says when there may be more.
  const effects = useMemo(() => (next > row ? causality.effectsOf(row) : []), [causality, row, next])
  const { causationId } = event
  const cause = causality.causedBy(row)
  const isHop = causality.hopTo(row) !== undefined
  const hasCause = causationId !== undefined || isHop
  if (isTold || (!hasCause && effects.length === 0)) return null
  const link = (to: number): ReactNode => (
    <button key={to} type="button" className="hb-link hb-mono" onClick={() => session.view.select(to)}>
      <Topic topic={rows.eventAt(to)?.type ?? ''} />
    </button>
  )
  return (
    <div className="hb-causes">
      {hasCause && (
        <span>
          {isHop ? `sent from ${processAt(rows, cause!)} as` : 'caused by'}{' '}
          {cause === undefined ? <span className="hb-faint">an event that isn't recorded</span> : link(cause)}
        </span>
      )}
      {effects.length > 0 && (
        <span>
          → leads to {effects.slice(0, SHOWN).map(link)}
          {effects.length > SHOWN && ' and more'}
        </span>
      )}
    </div>
  )
}
