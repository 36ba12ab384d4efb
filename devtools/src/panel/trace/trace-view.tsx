import type { ReactNode } from 'react'
import { lineTreeCss } from '../look/line-tree.css.ts'
import { useStyles } from '../look/use-styles.ts'
import { useFrame, useSession } from '../use-panel.ts'
import { FlowList } from './flow-list.tsx'
import { FlowTree } from './flow-tree.tsx'
import { traceCss } from './trace.css.ts'

const css = lineTreeCss + traceCss
const INTERVAL = 500 // ms: what changes faster can't be read

/** What led to the selected event and what it led to, on one time axis; without one, the flows there are. */
export function TraceView(): ReactNode {
  const { view, recorder } = useSession()
  const dress = useStyles(css)
  useFrame(INTERVAL)
  const { selected } = view
  return (
    <div ref={dress} className="hb-trace">
      {selected !== undefined && recorder.rows.has(selected) ? <FlowTree row={selected} /> : <FlowList />}
    </div>
  )
}
