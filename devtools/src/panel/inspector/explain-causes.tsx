import { Fragment, type ReactNode } from 'react'
import { wholeNumber } from '../look/figures.ts'
import { processAt } from '../look/process.ts'
import { EventLink } from './event-link.tsx'
import type { Inspected } from './inspector-tab.ts'
import { Sentence } from './sentence.tsx'

const SHOWN = 5

/** What led to the event, back to where it began. */
export function ExplainCauses({ session, row, event }: Inspected): ReactNode {
  const { causality, recorder } = session
  const causes = causality.causesOf(row)
  const hop = causality.hopTo(row)
  if (hop !== undefined)
    return (
      <Sentence glyph="⇄" tone="info">
        The same event as <EventLink session={session} to={hop} from={row} /> at{' '}
        {processAt(recorder.rows, hop)}, which sent it
      </Sentence>
    )
  if (event.causationId === undefined)
    return (
      <Sentence glyph="·" tone="faint">
        Nothing on a bus caused it: a flow begins here
      </Sentence>
    )
  const [nearest] = causes
  if (nearest === undefined)
    return (
      <Sentence glyph="↖" tone="faint">
        Its cause isn't recorded, or has left the list
      </Sentence>
    )
  const left = causes.length - SHOWN
  return (
    <Sentence glyph="↖" tone="info">
      Because of <EventLink session={session} to={nearest} from={row} />
      {causes.slice(1, SHOWN).map((cause) => (
        <Fragment key={cause}>
          , because of <EventLink session={session} to={cause} />
        </Fragment>
      ))}
      {left > 0 && `, and ${wholeNumber(left)} before`}
    </Sentence>
  )
}
