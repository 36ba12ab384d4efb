import { lazy, type ReactNode, Suspense } from 'react'
import { StreamView } from './stream/stream-view.tsx'
import { usePanelState } from './use-panel.ts'

const TopicsTable = lazy(async () => ({
  default: (await import('./topics/topics-table.tsx')).TopicsTable,
}))

/** The view that was chosen. */
export function MainView(): ReactNode {
  const view = usePanelState((state) => state.view)
  return (
    <div className="hb-main">
      <Suspense>{view === 'stream' ? <StreamView /> : <TopicsTable />}</Suspense>
    </div>
  )
}
