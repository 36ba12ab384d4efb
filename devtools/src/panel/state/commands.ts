import { sameType } from '../../model/same-type.ts'
import { type Panel, panelViews } from './panel.ts'
import type { Settings } from './settings.ts'

/** Something the developer can do: by key, from the palette, or both. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: 'Events' | 'View' | 'Panel'
  /** As `event.key` names it; `mod+` for ⌘ or Ctrl. */
  readonly key?: string
  /** For what can be on or off, or is the one chosen. */
  readonly isOn?: boolean
  readonly run: () => void
}

/** All commands, as things stand now. */
export function commandsOf(panel: Panel): readonly Command[] {
  return [...eventCommands(panel), ...fileCommands(panel), ...viewCommands(panel), ...panelCommands(panel)]
}

function eventCommands(panel: Panel): readonly Command[] {
  const { session } = panel
  const { view, recorder, bus } = session
  const { selected } = view
  const commands: Command[] = [
    {
      id: 'pause',
      title: view.paused ? 'Resume the list' : 'Pause the list',
      group: 'Events',
      key: ' ',
      run: () => (view.paused ? view.resume() : view.pause()),
    },
    { id: 'clear', title: 'Clear the list', group: 'Events', run: () => session.clear() },
    { id: 'forget', title: 'Reset the statistics', group: 'Events', run: () => session.forget() },
    { id: 'filter', title: 'Filter', group: 'Events', key: '/', run: () => panel.go('filter') },
    { id: 'unfilter', title: 'Clear the filter', group: 'Events', run: () => view.setFilter('') },
  ]
  if (bus !== undefined)
    commands.push({
      id: 'record',
      title: recorder.recording ? 'Stop recording' : 'Record',
      group: 'Events',
      run: () => session.setRecording(!recorder.recording),
    })
  if (selected !== undefined) commands.push(...selectedCommands(panel, selected))
  return commands
}

function selectedCommands(panel: Panel, row: number): readonly Command[] {
  const { session } = panel
  const go = (step: -1 | 1): void => {
    const near = sameType(session.recorder.rows, row, step)
    if (near !== undefined) session.view.select(near)
  }
  return [
    {
      id: 'bookmark',
      title: session.bookmarks.has(row) ? 'Remove the bookmark' : 'Bookmark the event',
      group: 'Events',
      key: 'b',
      run: () => session.toggleBookmark(row),
    },
    {
      id: 'diff',
      title: 'Diff to the previous event of its type',
      group: 'Events',
      key: 'd',
      run: () => panel.inspect('diff'),
    },
    { id: 'older', title: 'Previous event of its type', group: 'Events', key: ',', run: () => go(-1) },
    { id: 'newer', title: 'Next event of its type', group: 'Events', key: '.', run: () => go(1) },
  ]
}

function fileCommands(panel: Panel): readonly Command[] {
  const save = (isBare: boolean): void => panel.files?.save(isBare)
  return [
    { id: 'save', title: 'Save as a file', group: 'Events', key: 's', run: () => save(false) },
    { id: 'save-bare', title: 'Save as a file, secrets included', group: 'Events', run: () => save(true) },
    { id: 'open-file', title: 'Open a file', group: 'Events', key: 'o', run: () => panel.files?.open() },
  ]
}

function viewCommands(panel: Panel): readonly Command[] {
  const { settings } = panel
  const { topicsOpen, inspectorOpen } = settings.get()
  const views = panelViews.map(({ id, title, key }): Command => ({
    id: `view-${id}`,
    title,
    group: 'View',
    key,
    isOn: panel.view === id,
    run: () => panel.show(id),
  }))
  return [
    ...views,
    {
      id: 'follow',
      title: 'Follow the newest event',
      group: 'View',
      key: 'f',
      isOn: panel.follows,
      run: () => panel.follow(!panel.follows),
    },
    {
      id: 'topics',
      title: 'Topics at the left',
      group: 'View',
      isOn: topicsOpen,
      run: () => settings.set({ topicsOpen: !topicsOpen }),
    },
    {
      id: 'inspector',
      title: 'Inspector at the right',
      group: 'View',
      key: 'i',
      isOn: inspectorOpen,
      run: () => settings.set({ inspectorOpen: !inspectorOpen }),
    },
    {
      id: 'time',
      title: 'Next way to write times',
      group: 'View',
      key: 't',
      run: () => settings.set({ time: afterTime[settings.get().time] }),
    },
    ...choices(panel, 'rows', 'Rows', ['compact', 'comfortable', 'roomy']),
    ...choices(panel, 'theme', 'Theme', ['system', 'dark', 'light']),
  ]
}

const afterTime = { clock: 'session', session: 'delta', delta: 'clock' } as const

function choices<Name extends 'rows' | 'theme' | 'dock'>(
  { settings }: Panel,
  name: Name,
  title: string,
  values: readonly Settings[Name][],
): readonly Command[] {
  return values.map((value) => ({
    id: `${name}-${value}`,
    title: `${title}: ${value}`,
    group: 'View',
    isOn: settings.get()[name] === value,
    run: () => settings.set({ [name]: value }),
  }))
}

function panelCommands(panel: Panel): readonly Command[] {
  const { shell } = panel
  const commands: Command[] = [
    { id: 'palette', title: 'All commands', group: 'Panel', key: 'mod+k', run: () => panel.open('palette') },
    { id: 'help', title: 'Keys and filters', group: 'Panel', key: '?', run: () => panel.open('help') },
  ]
  if (shell === undefined) return commands
  return [
    ...commands,
    ...choices(panel, 'dock', 'Dock', ['bottom', 'right']),
    {
      id: 'pop-out',
      title: shell.isPoppedOut ? 'Back into the page' : 'Into a window of its own',
      group: 'Panel',
      run: () => panel.tell(shell.togglePopOut() ?? ''),
    },
    { id: 'close', title: 'Close the panel', group: 'Panel', run: () => shell.close() },
  ]
}
