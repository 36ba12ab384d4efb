import { type ReactNode, Suspense, useCallback, useRef } from 'react'
import { later } from './look/later.ts'
import { useKeptFocus } from './look/use-kept-focus.ts'
import { StreamView } from './stream/stream-view.tsx'
import { usePanel, usePanelState } from './use-panel.ts'

const views = {
  stream: StreamView,
  trace: later(() => import('./trace/trace-view.tsx'), 'TraceView'),
  topics: later(() => import('./topics/topics-table.tsx'), 'TopicsTable'),
  letters: later(() => import('./dead-letters/dead-letters-view.tsx'), 'DeadLettersView'),
  links: later(() => import('./links/links-view.tsx'), 'LinksView'),
  groups: later(() => import('./groups/groups-view.tsx'), 'GroupsView'),
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
