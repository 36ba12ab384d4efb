import type { ReactNode } from 'react'
import { flowOf } from '../../model/flow.ts'
import { Button } from '../look/button.tsx'
import { duration, wholeNumber } from '../look/figures.ts'
import { FlowLineView } from '../trace/flow-line.tsx'
import { usePanel } from '../use-panel.ts'
import type { Inspected } from './inspector-tab.ts'

const SMALL = 12 // events

/** The flow of the event as a waterfall if that is small, and the way to the whole of it. */
export function MiniFlow({ session, row }: Inspected): ReactNode {
  const panel = usePanel()
  const { rows } = session.recorder
  const flow = flowOf(rows, session.causality, row, SMALL + 1)
  const { lines, from, to } = flow
  const isSmall = lines.length <= SMALL
  const count = isSmall ? wholeNumber(lines.length) : `more than ${SMALL}`
  if (lines.length === 1 && from === to) return null
  return (
    <section className="hb-mini-flow" aria-label="Its flow">
      <div className="hb-mini-flow-head">
        <h3>
          {lines.length === 1
            ? `Its handlers, over ${duration(to - from)}`
            : `A flow of ${count} events${isSmall ? ` over ${duration(to - from)}` : ''}`}
        </h3>
        <Button label="Show the whole flow" keys="2" onClick={() => panel.show('trace')}>
          Trace
        </Button>
      </div>
      {isSmall && (
        <ul>
          {lines.map((line) => (
            <li key={line.row} data-this={line.row === row ? '' : undefined}>
              <FlowLineView rows={rows} line={line} flow={flow} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
