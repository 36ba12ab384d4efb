import type { ReactNode } from 'react'
import { handlersOf } from '../../model/delivery.ts'
import { storiesOf } from '../../model/handler-story.ts'
import { hasStatus } from '../../model/status.ts'
import { useStyles } from '../look/use-styles.ts'
import { flowLineCss } from '../trace/trace.css.ts'
import { deliveriesCss } from './deliveries.css.ts'
import { ExplainCauses } from './explain-causes.tsx'
import { ExplainEffects } from './explain-effects.tsx'
import { ExplainStory } from './explain-story.tsx'
import { explainCss } from './explain.css.ts'
import type { Inspected } from './inspector-tab.ts'
import { MiniFlow } from './mini-flow.tsx'
import { Outstanding, Unhandled } from './not-handled.tsx'
import { originText } from './origin-text.ts'
import { Sentence } from './sentence.tsx'

const css = deliveriesCss + flowLineCss + explainCss

/** In words: where the event came from, why, what became of it, and what it led to. */
export function ExplainTab(inspected: Inspected): ReactNode {
  const { session, row } = inspected
  const { rows } = session.recorder
  const bits = rows.status[rows.slot(row)]!
  const deliveries = rows.deliveriesAt(row)
  return (
    <div ref={useStyles(css)} className="hb-scroll">
      <ol className="hb-explain" aria-label="What became of it">
        <Sentence glyph="◆" tone="info">
          {originText(inspected)}
        </Sentence>
        <ExplainCauses {...inspected} />
        {hasStatus(bits, 'dropped') && (
          <Sentence glyph="▲" tone="warn">
            It went no further: middleware stopped it, or a bridge that had seen it before
          </Sentence>
        )}
        {storiesOf(deliveries).map((story) => (
          <ExplainStory key={story.handler} {...inspected} story={story} />
        ))}
        <ExplainEffects {...inspected} />
      </ol>
      {hasStatus(bits, 'unhandled') && <Unhandled {...inspected} />}
      <Outstanding {...inspected} heard={handlersOf(deliveries)} />
      <MiniFlow {...inspected} />
    </div>
  )
}
