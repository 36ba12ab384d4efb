import type { ReactNode } from 'react'
import { FilterBar } from '../filter/filter-bar.tsx'
import { Button } from '../look/button.tsx'
import { keyLabel } from '../look/key-label.ts'
import { Menu } from '../look/menu.tsx'
import { Tabs } from '../look/tabs.tsx'
import { type Command, commandsOf } from '../state/commands.ts'
import { panelViews } from '../state/panel.ts'
import { usePanel, usePanelState, useSession, useSettings } from '../use-panel.ts'

/** What is at hand at all times: which bus, recording, pause, clear, filter, views, and where the panel is. */
export function Toolbar(): ReactNode {
  const panel = usePanel()
  const session = useSession()
  const { paused } = session.view
  const { recording } = session.recorder
  const view = usePanelState(({ view: shown }) => shown)
  return (
    <header className="hb-toolbar">
      <BusMenu />
      {session.bus !== undefined && (
        <Button
          label={recording ? 'Stop recording' : 'Record'}
          icon="record"
          filled={recording}
          pressed={recording}
          className={recording ? 'hb-recording' : ''}
          onClick={() => session.setRecording(!recording)}
        />
      )}
      <Button
        label={paused ? 'Resume the list' : 'Pause the list'}
        keys="Space"
        icon={paused ? 'play' : 'pause'}
        pressed={paused}
        onClick={() => (paused ? session.view.resume() : session.view.pause())}
      />
      <Button label="Clear the list" icon="clear" onClick={() => session.clear()} />
      <span className="hb-toolbar-line" />
      <Tabs label="Views" tabs={panelViews} chosen={view} onChoose={(id) => panel.show(id)} />
      <div className="hb-toolbar-room" />
      <div className="hb-toolbar-filter">
        <FilterBar />
      </div>
      <ShellButtons />
    </header>
  )
}

/** Which bus or recording is looked at. */
function BusMenu(): ReactNode {
  const panel = usePanel()
  const sessions = usePanelState((state) => state.sessions)
  const chosen = useSession()
  const items = sessions.map((session, index) => ({
    id: String(index),
    title: session.bus === undefined ? `${session.name} (recording)` : session.name,
    isOn: session === chosen,
    run: () => panel.look(session),
  }))
  const away =
    chosen.bus === undefined
      ? [{ id: 'away', title: 'Close this recording', run: () => panel.remove(chosen) }]
      : []
  return (
    <Menu label="Bus" icon="chevronDown" items={[...items, ...away]}>
      <span className="hb-cut" style={{ maxWidth: 140 }}>
        {chosen.name}
      </span>
    </Menu>
  )
}

function ShellButtons(): ReactNode {
  const panel = usePanel()
  useSettings()
  usePanelState(({ shell }) => shell?.isPoppedOut)
  const commands = commandsOf(panel)
  const { shell } = panel
  const rest = commands.filter(
    ({ id }) => !['pause', 'clear', 'filter', 'palette', 'close', 'pop-out'].includes(id),
  )
  return (
    <>
      <Button
        label="All commands"
        keys={keyLabel('mod+k')}
        icon="command"
        onClick={() => panel.open('palette')}
      />
      <Menu label="More" icon="more" align="right" items={rest.map(itemOf)} />
      {shell !== undefined && (
        <>
          <Button
            label={shell.isPoppedOut ? 'Back into the page' : 'Into a window of its own'}
            icon={shell.isPoppedOut ? 'popIn' : 'popOut'}
            onClick={() => commands.find(({ id }) => id === 'pop-out')?.run()}
          />
          <Button label="Close the panel" icon="close" onClick={() => shell.close()} />
        </>
      )}
    </>
  )
}

function itemOf({ id, title, isOn, key, run }: Command): {
  id: string
  title: string
  isOn: boolean | undefined
  hint: string | undefined
  run: () => void
} {
  return { id, title, isOn, hint: key === undefined ? undefined : keyLabel(key), run }
}
