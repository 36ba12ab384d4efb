import type { RemoteTap } from '@heliobus/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { adopt } from '../panel/look/adopt.ts'
import { isStyled } from '../panel/look/use-styles.ts'
import { PanelView } from '../panel/panel-view.tsx'
import type { Panel } from '../panel/state/panel.ts'
import { panelCss } from '../panel/styles.ts'
import { PanelContext } from '../panel/use-panel.ts'
import { beat } from './beat.ts'
import { createPanel } from './create-panel.ts'
import { joinRemotes } from './join-remotes.ts'
import { drawSafely, Safe } from './safe.tsx'
import { stageCss } from './stage.css.ts'
import { useBuses, useSame, type WatchedBuses } from './use-buses.ts'

export type BusDevtoolsPanelProps = WatchedBuses & {
  /** Events kept for each bus, rounded up to a power of two. Default 65,536. */
  readonly capacity?: number
  /** Other processes, shown in the timeline of the first bus. Make them once, outside of components. */
  readonly remotes?: readonly RemoteTap[]
}

const none: readonly never[] = []

/**
 * The panel by itself, for a page of its own, a story or a test. It fills its parent, which needs a height, and records
 * as long as it is mounted; another bus or capacity begins anew.
 */
export function BusDevtoolsPanel(props: BusDevtoolsPanelProps): ReactNode {
  const { capacity } = props
  const buses = useBuses(props)
  const remotes = useSame(props.remotes ?? none)
  const place = useRef<HTMLDivElement>(null)
  const safe = useRef<Safe>(null)
  const [panel, setPanel] = useState<Panel>()
  useEffect(() => {
    const made: Panel = createPanel(buses, {
      capacity,
      commit: (draw) => drawSafely(draw, made.pulse, safe.current),
    })
    joinRemotes(made, remotes)
    const still = settle(place.current, made)
    // oxlint-disable-next-line react/set-state-in-effect -- it records, and only what is mounted may
    setPanel(made)
    return () => {
      still()
      made.close()
      setPanel(undefined)
    }
  }, [buses, capacity, remotes])
  return (
    <div ref={place} style={{ height: '100%' }}>
      {panel !== undefined && (
        <PanelContext.Provider value={panel}>
          <Safe ref={safe} restart={() => panel.pulse.start()}>
            <PanelView panel={panel} />
          </Safe>
        </PanelContext.Provider>
      )}
    </div>
  )
}

/** Dresses the panel where it stands, and lets it draw while that is seen. */
function settle(place: HTMLElement | null, { pulse }: Panel): () => void {
  if (place === null) return () => {}
  const root = place.getRootNode()
  if (isStyled(root)) for (const css of [panelCss, stageCss]) adopt(root, css)
  return beat(pulse, place.ownerDocument.defaultView ?? window)
}
