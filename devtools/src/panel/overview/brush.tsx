import type { KeyboardEvent, ReactNode } from 'react'
import type { TimeRange } from '../../model/view.ts'
import { clockTime } from '../look/figures.ts'

interface Props {
  readonly range: TimeRange
  readonly span: TimeRange
  readonly onRange: (range: TimeRange | undefined) => void
}

const STEP = 1_000 // ms

/** The chosen stretch of time, over the strip: its edges are sliders, for pointers and for the arrow keys. */
export function Brush({ range, span, onRange }: Props): ReactNode {
  const share = (at: number): number =>
    Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100))
  const [left, right] = [share(range.from), share(range.to)]
  return (
    <div className="hb-brush" data-part="middle" style={{ left: `${left}%`, width: `${right - left}%` }}>
      <Edge
        label="Begin of the time range"
        part="from"
        at={range.from}
        span={span}
        onMove={(ms) => onRange({ from: Math.min(range.from + ms, range.to), to: range.to })}
        onClear={() => onRange(undefined)}
      />
      <Edge
        label="End of the time range"
        part="to"
        at={range.to}
        span={span}
        onMove={(ms) => onRange({ from: range.from, to: Math.max(range.to + ms, range.from) })}
        onClear={() => onRange(undefined)}
      />
    </div>
  )
}

interface EdgeProps {
  readonly label: string
  readonly part: 'from' | 'to'
  readonly at: number
  readonly span: TimeRange
  readonly onMove: (ms: number) => void
  readonly onClear: () => void
}

function Edge({ label, part, at, span, onMove, onClear }: EdgeProps): ReactNode {
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step === undefined && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (step === undefined) onClear()
    else onMove(step)
  }
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <input> has no second edge
      role="slider"
      className="hb-brush-edge"
      data-part={part}
      tabIndex={0}
      aria-label={label}
      aria-valuemin={Math.round(span.from)}
      aria-valuemax={Math.round(span.to)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={clockTime(at)}
      onKeyDown={press}
    />
  )
}
