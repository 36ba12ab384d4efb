import type { ReactNode } from 'react'
import type { Flow, FlowLine } from '../../model/flow.ts'
import { storiesOf } from '../../model/handler-story.ts'
import type { Rows } from '../../model/rows.ts'
import { storyText } from '../inspector/story-text.ts'
import { duration } from '../look/figures.ts'
import { statusOfRow } from '../look/row-status.ts'
import { Topic } from '../look/topic.tsx'
import { processAt } from '../look/process.ts'
import { FlowBars } from './flow-bars.tsx'

const INDENT = 14 // px
const DEEPEST = 12 // levels that are indented

interface Props {
  readonly rows: Rows
  readonly line: FlowLine
  readonly flow: Pick<Flow, 'from' | 'to'>
}

/** An event of a flow: how it fares, how long after its cause it came, and what its handlers did when. */
export function FlowLineView({ rows, line: { row, level, cause }, flow }: Props): ReactNode {
  const { glyph, tone, word } = statusOfRow(rows, row)
  const delay = cause === undefined ? '' : `+${duration(timeOf(rows, row) - timeOf(rows, cause))}`
  return (
    <div className="hb-flow-line">
      <span className="hb-flow-name hb-mono">
        <span style={{ width: Math.min(level - 1, DEEPEST) * INDENT }} />
        <span className={`hb-${tone}`} title={word}>
          {glyph}
        </span>
        <span className="hb-unseen">{word}: </span>
        {rows.processes.size > 1 && (
          <span className="hb-where" data-far={rows.process[rows.slot(row)]! > 0 ? '' : undefined}>
            {processAt(rows, row)}
          </span>
        )}
        <span className="hb-cut">
          <Topic topic={rows.eventAt(row)?.type ?? ''} />
        </span>
      </span>
      <span className="hb-flow-delay hb-mono" title="After its cause">
        {delay}
      </span>
      <FlowBars rows={rows} row={row} flow={flow} />
      <span className="hb-unseen">{handlersText(rows, row)}</span>
    </div>
  )
}

/** What the bars show, in words. */
function handlersText(rows: Rows, row: number): string {
  return storiesOf(rows.deliveriesAt(row))
    .map((story) => `${story.handler} ${storyText(story, Number.POSITIVE_INFINITY)}`)
    .join('; ')
}

function timeOf(rows: Rows, row: number): number {
  return rows.time[rows.slot(row)]!
}
