import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Inspector } from './inspector/inspector.tsx'
import { Tabs } from './look/tabs.tsx'
import { MainView } from './main-view.tsx'
import type { Column } from './state/panel.ts'
import { TopicTreePane } from './topics/topic-tree-pane.tsx'
import { usePanel, usePanelState } from './use-panel.ts'

const columnTabs = [
  { id: 'list', title: 'List' },
  { id: 'topics', title: 'Topics' },
  { id: 'inspector', title: 'Inspector' },
] as const

/** One column with tabs, where there is no room for three. */
export function OneColumn(): ReactNode {
  const panel = usePanel()
  const shown = usePanelState(({ column }) => column)
  const body = useRef<HTMLDivElement>(null)
  useKeptFocus(body, shown)
  return (
    <>
      <div className="hb-narrow-tabs">
        <Tabs
          label="Parts of the panel"
          tabs={columnTabs}
          chosen={shown}
          onChoose={(column) => panel.turn(column)}
        />
      </div>
      <div ref={body} className="hb-body">
        {shown === 'list' && <MainView />}
        {shown === 'topics' && (
          <aside className="hb-side" style={{ flex: 1 }} aria-label="Topics">
            <TopicTreePane />
          </aside>
        )}
        {shown === 'inspector' && (
          <aside className="hb-side" style={{ flex: 1 }} aria-label="Inspector">
            <Inspector />
          </aside>
        )}
      </div>
    </>
  )
}

/** The keyboard goes on with the part that is shown, when it was in the one that went. */
function useKeptFocus(body: RefObject<HTMLElement | null>, shown: Column): void {
  const panel = usePanel()
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    const root = body.current?.getRootNode()
    const active = root !== undefined && 'activeElement' in root ? root.activeElement : undefined
    if (active === null || active === body.current?.ownerDocument.body) panel.go(shown)
  }, [panel, body, shown])
}
