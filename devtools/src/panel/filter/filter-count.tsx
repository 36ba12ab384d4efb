import type { ReactNode } from 'react'
import { wholeNumber } from '../look/figures.ts'
import { useFrame, useSession } from '../use-panel.ts'

/** How many of the events here pass filter and time range. */
export function FilterCount(): ReactNode {
  const { view, recorder } = useSession()
  useFrame(250)
  if (view.text === '' && view.range === undefined) return null
  const [passed, all] = [view.matching().length, recorder.rows.length]
  const searched = view.working ? ` · ${Math.round(view.progress * 100)} %` : ''
  return (
    <span
      className="hb-filter-count"
      title="Events that match, of those in the list, and how many were looked at"
    >
      {wholeNumber(passed)} of {wholeNumber(all)}
      {searched}
    </span>
  )
}
