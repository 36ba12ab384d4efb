import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { PanelView } from '../panel/panel-view.tsx'
import type { Panel } from '../panel/state/panel.ts'
import { panelCss } from '../panel/styles.ts'
import { PanelContext } from '../panel/use-panel.ts'
import { adopt } from '../panel/look/adopt.ts'
import { beat } from './beat.ts'
import { Docked } from './docked.tsx'
import { Safe } from './safe.tsx'
import { stageCss } from './stage.css.ts'

interface Place {
  readonly panel: Panel
  /** In the page, or the document of a window of its own, which it fills. */
  readonly around: ShadowRoot | Document
  /** The window that it is seen in. */
  readonly seenIn: Window
  readonly safe: RefObject<Safe | null>
  /** Called when not even the panel's own error view could be drawn. */
  readonly failed: (error: unknown) => void
}

/** Draws the panel with a React root of its own, while the window is seen. Returns what takes it away. */
export function putUp({ panel, around, seenIn, safe, failed }: Place): () => void {
  const document = around.ownerDocument ?? around
  const container = document.createElement('div')
  container.className = 'hb-stage'
  for (const css of [panelCss, stageCss]) adopt(around, css)
  ;('body' in around ? around.body : around).append(container)

  const view = (
    <Safe ref={safe} restart={() => panel.pulse.start()}>
      <PanelView panel={panel} />
    </Safe>
  )
  let isUp = true
  const onUncaughtError = (error: unknown): void => (isUp ? failed(error) : console.error(error))
  const root = createRoot(container, { onUncaughtError })
  flushSync(() =>
    root.render(
      <PanelContext.Provider value={panel}>
        {'body' in around ? view : <Docked>{view}</Docked>}
      </PanelContext.Provider>,
    ),
  )
  const still = beat(panel.pulse, seenIn)

  return () => {
    isUp = false
    still()
    container.remove()
    queueMicrotask(() => root.unmount()) // the app's React may be at work, and be the same
  }
}
