import { type ReactNode, Suspense, useCallback, useState } from 'react'
import { later } from '../look/later.ts'
import type { Panel } from '../state/panel.ts'
import { useDrawing, usePanel, useSession } from '../use-panel.ts'
import { NoEvents } from './no-events.tsx'
import { RateVoice } from './rate-voice.tsx'
import type { RowList } from './row-list.ts'
import { StreamBar } from './stream-bar.tsx'
import { StreamList } from './stream-list.tsx'

const NoMatches = later(() => import('./no-matches.tsx'), 'NoMatches')

/** The events as they come, one a row; or why there are none. */
export function StreamView(): ReactNode {
  const { view } = useSession()
  const [list, setList] = useState<RowList>()
  const filled = useFilled()
  return (
    <div className="hb-stream" data-paused={view.paused ? '' : undefined}>
      <StreamList list={list} onList={setList} />
      {filled === 'nothing' && <NoEvents />}
      <Suspense>{filled === 'no match' && <NoMatches />}</Suspense>
      <StreamBar list={list} />
      <RateVoice />
    </div>
  )
}

type Filled = 'rows' | 'nothing' | 'no match'

/** What the list shows, as of each frame. */
function useFilled(): Filled {
  const panel = usePanel()
  const [filled, setFilled] = useState(() => filledOf(panel))
  useDrawing(useCallback(() => setFilled(filledOf(panel)), [panel]))
  return filled
}

function filledOf({ session }: Panel): Filled {
  const { view, recorder } = session
  if (view.matching().length > 0 || view.working) return 'rows'
  const isNarrowed = view.text !== '' || view.range !== undefined
  return isNarrowed && recorder.rows.length > 0 ? 'no match' : 'nothing'
}
