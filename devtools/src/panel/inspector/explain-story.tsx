import type { ReactNode } from 'react'
import type { HandlerStory } from '../../model/handler-story.ts'
import { shortText } from '../../model/members.ts'
import { deskOf } from '../dead-letters/desk.ts'
import { standings } from '../look/standing.ts'
import { usePanel } from '../use-panel.ts'
import type { Inspected } from './inspector-tab.ts'
import { Sentence } from './sentence.tsx'
import { storyText } from './story-text.ts'

/** What became of the event at one handler, and what it failed with; a dead letter leads to where it lies. */
export function ExplainStory({
  session,
  row,
  event,
  story,
}: Inspected & { readonly story: HandlerStory }): ReactNode {
  const panel = usePanel()
  const { rows } = session.recorder
  const { handler, standing, hasLetter } = story
  const { glyph, tone } = standings[standing]
  const desk = deskOf(session)
  const look = (): void => {
    desk?.find(event.id, handler)
    panel.show('letters')
  }
  return (
    <Sentence glyph={glyph} tone={tone}>
      {handler === '' ? 'The bus' : <span className="hb-mono">{handler}</span>}{' '}
      {storyText(story, session.now - rows.time[rows.slot(row)]!)}
      {hasLetter && desk !== undefined && (
        <>
          :{' '}
          <button type="button" className="hb-link" onClick={look}>
            look into it
          </button>
        </>
      )}
      <Why story={story} />
    </Sentence>
  )
}

/** What it failed with last, while it has not made up for it. */
function Why({ story: { standing, deliveries } }: { readonly story: HandlerStory }): ReactNode {
  const last = deliveries.findLast((one) => one.fate === 'failed' || one.fate === 'buried')
  if (last === undefined || standing === 'handled' || last.error === undefined) return null
  return <span className="hb-explain-why hb-mono hb-dim">{shortText(last.error, 200)}</span>
}
