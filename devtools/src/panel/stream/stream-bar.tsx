import { type ReactNode, useCallback, useState } from 'react'
import { Button } from '../look/button.tsx'
import { wholeNumber } from '../look/figures.ts'
import { useDrawing, usePanel, usePanelState, useSession } from '../use-panel.ts'
import type { RowList } from './row-list.ts'

/** Over the lower edge of the list: back from a pause, or back to the newest. */
export function StreamBar({ list }: { readonly list: RowList | undefined }): ReactNode {
  const { view } = useSession()
  const follows = usePanelState((panel) => panel.follows)
  if (view.paused) return <Resume />
  return follows ? null : <Follow list={list} />
}

function Resume(): ReactNode {
  const { view } = usePanel().session
  const count = useCount(useCallback(() => view.arrivedMeanwhile, [view]))
  return (
    <div className="hb-stream-bar" data-tone="warn">
      <Button label="Show what came meanwhile" keys="Space" onClick={() => view.resume()}>
        <span className="hb-warn">▲ {count === 0 ? 'Paused' : `${wholeNumber(count)} new`}</span> · resume
      </Button>
    </div>
  )
}

function Follow({ list }: { readonly list: RowList | undefined }): ReactNode {
  const panel = usePanel()
  const count = useCount(useCallback(() => list?.unseen ?? 0, [list]))
  return (
    <div className="hb-stream-bar">
      <Button label="Follow the newest event" keys="F" onClick={() => panel.follow(true)}>
        ↓ {count === 0 ? 'follow' : `${wholeNumber(count)} new · follow`}
      </Button>
    </div>
  )
}

/** A count as it stands in each frame; renders when it differs. */
function useCount(read: () => number): number {
  const [count, setCount] = useState(read)
  useDrawing(useCallback(() => setCount(read()), [read]))
  return count
}
