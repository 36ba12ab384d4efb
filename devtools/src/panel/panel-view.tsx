import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { RecordingFiles } from './files/recording-files.tsx'
import { Inspector } from './inspector/inspector.tsx'
import { pressKey } from './keyboard.ts'
import { Button } from './look/button.tsx'
import { Splitter } from './look/splitter.tsx'
import { Tabs } from './look/tabs.tsx'
import { useSize } from './look/use-size.ts'
import { useTheme } from './look/use-theme.ts'
import { Overview } from './overview/overview.tsx'
import type { Panel } from './state/panel.ts'
import { StatusBar } from './status/status-bar.tsx'
import { StreamView } from './stream/stream-view.tsx'
import { Toolbar } from './toolbar/toolbar.tsx'
import { TopicTreePane } from './topics/topic-tree-pane.tsx'
import { PanelContext, usePanel, usePanelState, useSession, useSettings } from './use-panel.ts'

const NARROW = 700 // px: below, three columns can't be read side by side

// What few open is loaded when they do.
const TopicsTable = lazy(async () => ({
  default: (await import('./topics/topics-table.tsx')).TopicsTable,
}))
const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))
const Help = lazy(async () => ({ default: (await import('./palette/help.tsx')).Help }))

/** The whole panel, in whatever room it is given. Its state is the panel's, so it can be taken away and put up elsewhere. */
export function PanelView({ panel }: { readonly panel: Panel }): ReactNode {
  return (
    <PanelContext.Provider value={panel}>
      <Frame />
    </PanelContext.Provider>
  )
}

function Frame(): ReactNode {
  const panel = usePanel()
  const frame = useRef<HTMLDivElement>(null)
  const { width } = useSize(frame)
  const { rows } = useSettings()
  const theme = useTheme()
  const overlay = usePanelState((state) => state.overlay)
  const isNarrow = width > 0 && width < NARROW
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble here from what has the focus
    <section
      ref={frame}
      className="hb-panel"
      aria-label="Heliobus devtools"
      data-theme={theme}
      data-rows={rows}
      data-narrow={isNarrow ? '' : undefined}
      onKeyDown={(event) => pressKey(panel, event)}
      onPointerMove={() => panel.pulse.touch()}
    >
      <Toolbar />
      <Message />
      <Overview />
      {isNarrow ? <Column /> : <Columns width={width} />}
      <StatusBar />
      <RecordingFiles />
      <Suspense>
        {overlay === 'palette' && <Palette />}
        {overlay === 'help' && <Help />}
      </Suspense>
    </section>
  )
}

function Message(): ReactNode {
  const panel = usePanel()
  const message = usePanelState((state) => state.message)
  if (message === '') return null
  return (
    <output className="hb-message">
      <span>{message}</span>
      <Button label="Close the message" icon="close" onClick={() => panel.tell('')} />
    </output>
  )
}

function MainView(): ReactNode {
  const view = usePanelState((state) => state.view)
  return (
    <div className="hb-main">
      <Suspense>{view === 'stream' ? <StreamView /> : <TopicsTable />}</Suspense>
    </div>
  )
}

function Columns({ width }: { readonly width: number }): ReactNode {
  const { settings } = usePanel()
  const { topicsOpen, topicsWidth, inspectorOpen, inspectorWidth } = useSettings()
  const session = useSession()
  const view = usePanelState((state) => state.view)
  const inspects = inspectorOpen && (view === 'stream' || session.view.selected !== undefined)
  const widest = Math.max(160, Math.round(width * 0.45))
  return (
    <div className="hb-body">
      {topicsOpen && (
        <>
          <aside className="hb-side" style={{ width: Math.min(topicsWidth, widest) }} aria-label="Topics">
            <TopicTreePane />
          </aside>
          <Splitter
            label="Width of the topics"
            orientation="vertical"
            size={topicsWidth}
            min={140}
            max={widest}
            direction={1}
            onResize={(size) => settings.set({ topicsWidth: size })}
          />
        </>
      )}
      <MainView />
      {inspects && (
        <>
          <Splitter
            label="Width of the inspector"
            orientation="vertical"
            size={inspectorWidth}
            min={220}
            max={widest}
            direction={-1}
            onResize={(size) => settings.set({ inspectorWidth: size })}
          />
          <aside
            className="hb-side"
            style={{ width: Math.min(inspectorWidth, widest) }}
            aria-label="Inspector"
          >
            <Inspector />
          </aside>
        </>
      )}
    </div>
  )
}

const columnTabs = [
  { id: 'list', title: 'List' },
  { id: 'topics', title: 'Topics' },
  { id: 'inspector', title: 'Inspector' },
] as const

/** One column with tabs, where there is no room for three. */
function Column(): ReactNode {
  const [shown, show] = useState<(typeof columnTabs)[number]['id']>('list')
  return (
    <>
      <div className="hb-narrow-tabs">
        <Tabs label="Parts of the panel" tabs={columnTabs} chosen={shown} onChoose={show} />
      </div>
      <div className="hb-body">
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
