import type { ReactNode } from 'react'
import { type Flow, type FlowLine, flowOf } from '../../model/flow.ts'
import { printClause } from '../../model/filter-printer.ts'
import { Button } from '../look/button.tsx'
import { duration, wholeNumber } from '../look/figures.ts'
import { LineTree, type TreeLine } from '../look/line-tree.tsx'
import { usePanel, useSession } from '../use-panel.ts'
import { FlowAxis } from './flow-axis.tsx'
import { FlowLineView } from './flow-line.tsx'

const HEIGHT = 22 // px
const MOST = 1_000

/** The whole flow of an event, which is marked. */
export function FlowTree({ row }: { readonly row: number }): ReactNode {
  const panel = usePanel()
  const session = useSession()
  const { recorder, causality, view } = session
  const flow = flowOf(recorder.rows, causality, row, MOST)
  const lines = treeLines(flow.lines)
  const at = lines.findIndex((line) => line.row === row)
  return (
    <>
      <Head flow={flow} row={row} />
      <FlowAxis flow={flow} />
      <LineTree
        label="Flow of events"
        lines={lines}
        height={HEIGHT}
        at={at}
        chosen={at}
        onMove={(to) => view.select(lines[to]!.row)}
        onPress={(to) => (to === at ? panel.go('inspector') : view.select(lines[to]!.row))}
        renderLine={(line) => <FlowLineView rows={recorder.rows} line={line} flow={flow} />}
      />
    </>
  )
}

function Head({
  flow: { lines, from, to, isCut },
  row,
}: {
  readonly flow: Flow
  readonly row: number
}): ReactNode {
  const panel = usePanel()
  const { view, recorder } = useSession()
  const id = recorder.rows.eventAt(row)?.correlationId ?? ''
  const filter = (): void => {
    view.setFilter(printClause({ kind: 'name', field: 'corr', glob: id }))
    panel.show('stream')
  }
  return (
    <div className="hb-trace-head">
      <Button label="All flows" onClick={() => view.select(undefined)}>
        ‹ Flows
      </Button>
      <p className="hb-cut">
        {lines.length === 1 ? 'This event stands alone' : `${wholeNumber(lines.length)} events`} ·{' '}
        {duration(to - from)}
        {isCut && <span className="hb-warn"> · older events of this flow are left out</span>}
      </p>
      <Button label="Filter the list to this flow" icon="filter" onClick={filter} />
    </div>
  )
}

type ShownLine = FlowLine & TreeLine

/** With their places among their siblings. */
function treeLines(lines: readonly FlowLine[]): readonly ShownLine[] {
  const siblings = new Map<number | undefined, number>()
  const placed = lines.map((line) => {
    const position = (siblings.get(line.cause) ?? 0) + 1
    siblings.set(line.cause, position)
    return { ...line, id: String(line.row), isOpen: undefined, position }
  })
  return placed.map((line) => ({ ...line, siblings: siblings.get(line.cause)! }))
}
