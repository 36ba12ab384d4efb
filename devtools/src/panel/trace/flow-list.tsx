import { type ReactNode, useState } from 'react'
import { type ListedFlow, newestFlows } from '../../model/flow-list.ts'
import { clockTime, duration, wholeNumber } from '../look/figures.ts'
import { LineTree, type TreeLine } from '../look/line-tree.tsx'
import { statusOf } from '../look/row-status.ts'
import { Topic } from '../look/topic.tsx'
import { previewOf } from '../stream/preview.ts'
import { useSession } from '../use-panel.ts'

const HEIGHT = 22 // px
const MOST = 100

/** The flows that went on last. */
export function FlowList(): ReactNode {
  const { recorder, view } = useSession()
  const [current, setCurrent] = useState('')
  const lines = treeLines(newestFlows(recorder.rows, MOST))
  if (lines.length === 0) return <NoFlows />
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === current),
  )
  return (
    <>
      <div className="hb-trace-head">
        <p className="hb-cut">
          {lines.length === MOST ? `The newest ${MOST} flows` : 'Flows of more than one event'}, among the
          newest 10,000 events
        </p>
      </div>
      <LineTree
        label="Flows"
        lines={lines}
        height={HEIGHT}
        at={at}
        chosen={-1}
        onMove={(to) => setCurrent(lines[to]!.id)}
        onPress={(to) => view.select(lines[to]!.flow.first)}
        renderLine={({ flow }) => <FlowText flow={flow} />}
      />
    </>
  )
}

function FlowText({ flow: { first, last, count, status } }: { readonly flow: ListedFlow }): ReactNode {
  const { rows } = useSession().recorder
  const { glyph, tone, word } = statusOf(status)
  const event = rows.eventAt(first)
  const [from, to] = [rows.time[rows.slot(first)]!, rows.time[rows.slot(last)]!]
  return (
    <div className="hb-flow-text hb-mono">
      <time>{clockTime(from)}</time>
      <span className={`hb-${tone}`} title={word}>
        {glyph}
      </span>
      <span className="hb-cut">
        <Topic topic={event?.type ?? ''} />
        <span className="hb-faint"> {previewOf(event?.data)}</span>
      </span>
      <span className="hb-dim">
        {wholeNumber(count)} events<span className="hb-unseen"> within</span>
      </span>
      <span className="hb-flow-delay">{duration(to - from)}</span>
    </div>
  )
}

function NoFlows(): ReactNode {
  return (
    <div className="hb-note">
      <strong>No flows yet</strong>
      <span>
        What a handler publishes while it handles an event, by <code>context.publish</code>, belongs to the
        flow of that event. Select any event to see where it stands
      </span>
    </div>
  )
}

function treeLines(flows: readonly ListedFlow[]): readonly (TreeLine & { readonly flow: ListedFlow })[] {
  return flows.map((flow, index) => ({
    id: flow.id,
    level: 1,
    isOpen: undefined,
    position: index + 1,
    siblings: flows.length,
    flow,
  }))
}
