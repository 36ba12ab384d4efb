import { type ReactNode, useCallback, useRef } from 'react'
import { Inspector } from './inspector/inspector.tsx'
import { Tabs } from './look/tabs.tsx'
import { useKeptFocus } from './look/use-kept-focus.ts'
import { MainView } from './main-view.tsx'
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
  useKeptFocus(
    body,
    shown,
    useCallback(() => panel.go(shown), [panel, shown]),
  )
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
      <div ref={body} className="hb-body" tabIndex={-1}>
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
