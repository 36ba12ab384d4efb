import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Inspector } from './inspector/inspector.tsx'
import { pressKey } from './keyboard.ts'
import { Button } from './look/button.tsx'
import { later } from './look/later.ts'
import { Splitter } from './look/splitter.tsx'
import { useSize } from './look/use-size.ts'
import { useTheme } from './look/use-theme.ts'
import { MainView } from './main-view.tsx'
import { OneColumn } from './one-column.tsx'
import { Overview } from './overview/overview.tsx'
import type { Panel } from './state/panel.ts'
import { StatusBar } from './status/status-bar.tsx'
import { Toolbar } from './toolbar/toolbar.tsx'
import { TopicTreePane } from './topics/topic-tree-pane.tsx'
import { PanelContext, usePanel, usePanelState, useSession, useSettings } from './use-panel.ts'

const NARROW = 800 // px: below, three columns can't be read side by side, nor the toolbar in one line

// What few open is loaded when they do.
const loadPalette = () => import('./palette/palette.tsx')
const Palette = later(loadPalette, 'Palette')
const RecordingFiles = later(() => import('./files/recording-files.tsx'), 'RecordingFiles')
const Help = later(() => import('./palette/help.tsx'), 'Help')

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
  useEffect(() => void loadPalette().catch(() => undefined), []) // who opens it goes on typing at once
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
      {isNarrow ? <OneColumn /> : <Columns width={width} />}
      <StatusBar />
      <Suspense>
        <RecordingFiles />
      </Suspense>
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

function Columns({ width }: { readonly width: number }): ReactNode {
  const { settings } = usePanel()
  const { topicsOpen, topicsWidth, inspectorOpen, inspectorWidth } = useSettings()
  const session = useSession()
  const view = usePanelState((state) => state.view)
  // Dead letters are read where they are: most of their events have left the list.
  const hasUse = view === 'stream' || (view !== 'letters' && session.view.selected !== undefined)
  const inspects = inspectorOpen && hasUse
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
