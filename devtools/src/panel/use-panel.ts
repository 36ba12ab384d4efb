import { createContext, useContext, useEffect, useReducer, useSyncExternalStore } from 'react'
import type { Panel, Place } from './state/panel.ts'
import type { Session } from './state/session.ts'
import type { Settings } from './state/settings.ts'

/** The panel that the components below belong to. */
export const PanelContext: React.Context<Panel | undefined> = createContext<Panel | undefined>(undefined)

/** The panel, without hearing of its changes. Throws outside a panel. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (panel === undefined) throw new Error('this component belongs inside a panel')
  return panel
}

/** What `select` reads of the panel's own state, whenever that changes. `select` returns the same while nothing has. */
export function usePanelState<T>(select: (panel: Panel) => T): T {
  const panel = usePanel()
  return useSyncExternalStore(panel.listen, () => select(panel))
}

export function useSettings(): Settings {
  const { settings } = usePanel()
  return useSyncExternalStore(settings.listen, settings.get)
}

/** The session that is looked at; renders anew when another is, or when its filter, range, selection, pause, recording or bookmarks change. */
export function useSession(): Session {
  const session = usePanelState((panel) => panel.session)
  useSyncExternalStore(session.listen, () => session.version)
  return session
}

/** Renders anew with the panel's frames, at most once in `interval` ms: what stands still can be read. Returns the frame. */
export function useFrame(interval = 0): number {
  const { pulse } = usePanel()
  const [frame, draw] = useReducer(() => pulse.frame, pulse.frame)
  useEffect(() => {
    let drawnAt = Number.NEGATIVE_INFINITY
    return pulse.listen(() => {
      const now = pulse.now
      if (now - drawnAt < interval) return
      drawnAt = now
      draw()
    })
  }, [pulse, interval])
  return frame
}

/** Calls `draw` with each frame of the panel and right after it was mounted, outside React: for canvases and pooled rows. */
export function useDrawing(draw: () => void): void {
  const { pulse } = usePanel()
  useEffect(() => {
    draw()
    return pulse.listen(draw)
  }, [pulse, draw])
}

/** Names who takes the keyboard when it is sent to a place. */
export function usePlace(name: Place, focus: () => void): void {
  const panel = usePanel()
  useEffect(() => panel.place(name, focus), [panel, name, focus])
}
