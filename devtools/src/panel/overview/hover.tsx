import type { ReactNode } from 'react'
import type { TimelineBar } from '../../model/timeline.ts'
import type { TimeRange } from '../../model/view.ts'
import { clockTime, wholeNumber } from '../look/figures.ts'

/** Where the pointer is: px from the left, of so many. */
export interface Pointer {
  readonly at: number
  readonly width: number
}

interface Props extends Pointer {
  readonly span: TimeRange
  readonly bars: readonly TimelineBar[]
}

/** What happened under the pointer. */
export function Hover({ at, width, span, bars }: Props): ReactNode {
  const time = span.from + (at / Math.max(1, width)) * (span.to - span.from)
  const bar = bars.find((one) => one.at <= time && time < one.at + one.width)
  const count = bar?.counts.reduce((sum, one) => sum + one, 0) ?? 0
  const errors = bar === undefined || bar.errors === 0 ? '' : ` · ✕ ${wholeNumber(bar.errors)}`
  const side = at > width / 2 ? { right: width - at + 6 } : { left: at + 6 }
  return (
    <>
      <div className="hb-overview-hover" style={{ left: at }} />
      <div className="hb-overview-label" style={side}>
        {clockTime(time)} · {wholeNumber(count)}
        {errors}
      </div>
    </>
  )
}
