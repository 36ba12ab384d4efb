import { Fragment, type ReactNode, useMemo } from 'react'
import { wholeNumber } from '../look/figures.ts'
import { EventLink } from './event-link.tsx'
import type { Inspected } from './inspector-tab.ts'
import { Sentence } from './sentence.tsx'

const SHOWN = 8

/** What the event led to, one step on. */
export function ExplainEffects({ session, row }: Inspected): ReactNode {
  const { next } = session.recorder.rows
  // Rows are only ever added: `next` says when there may be more.
  const effects = useMemo(() => (next > row ? session.causality.effectsOf(row) : []), [session, row, next])
  if (effects.length === 0) return null
  const left = effects.length - SHOWN
  return (
    <Sentence glyph="↘" tone="info">
      It led to{' '}
      {effects.slice(0, SHOWN).map((effect, index) => (
        <Fragment key={effect}>
          {index > 0 && ', '}
          <EventLink session={session} to={effect} from={row} />
        </Fragment>
      ))}
      {left > 0 && ` and ${wholeNumber(left)} more`}
    </Sentence>
  )
}
