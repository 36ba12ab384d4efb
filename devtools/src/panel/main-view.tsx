import { lazy, type ReactNode, Suspense, useCallback, useRef } from 'react'
import { useKeptFocus } from './look/use-kept-focus.ts'
import { StreamView } from './stream/stream-view.tsx'
import { usePanel, usePanelState } from './use-panel.ts'

const TopicsTable = lazy(async () => ({
  default: (await import('./topics/topics-table.tsx')).TopicsTable,
}))

const DeadLettersView = lazy(async () => ({
  default: (await import('./dead-letters/dead-letters-view.tsx')).DeadLettersView,
}))

const TraceView = lazy(async () => ({ default: (await import('./trace/trace-view.tsx')).TraceView }))

const LinksView = lazy(async () => ({ default: (await import('./links/links-view.tsx')).LinksView }))

const views = {
  stream: StreamView,
  trace: TraceView,
  topics: TopicsTable,
  letters: DeadLettersView,
  links: LinksView,
} as const

/** The view that was chosen. */
export function MainView(): ReactNode {
  const panel = usePanel()
  const view = usePanelState((state) => state.view)
  const View = views[view]
  const main = useRef<HTMLDivElement>(null)
  useKeptFocus(
    main,
    view,
    useCallback(() => panel.go('list'), [panel]),
  )
  return (
    <div ref={main} className="hb-main" tabIndex={-1}>
      <Suspense>
        <View />
      </Suspense>
    </div>
  )
}
