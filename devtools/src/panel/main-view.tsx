import { lazy, type ReactNode, Suspense } from 'react'
import { StreamView } from './stream/stream-view.tsx'
import { usePanelState } from './use-panel.ts'

const TopicsTable = lazy(async () => ({
  default: (await import('./topics/topics-table.tsx')).TopicsTable,
}))

const DeadLettersView = lazy(async () => ({
  default: (await import('./dead-letters/dead-letters-view.tsx')).DeadLettersView,
}))

const TraceView = lazy(async () => ({ default: (await import('./trace/trace-view.tsx')).TraceView }))

const views = { stream: StreamView, trace: TraceView, topics: TopicsTable, letters: DeadLettersView } as const

/** The view that was chosen. */
export function MainView(): ReactNode {
  const View = views[usePanelState((state) => state.view)]
  return (
    <div className="hb-main">
      <Suspense>
        <View />
      </Suspense>
    </div>
  )
}
