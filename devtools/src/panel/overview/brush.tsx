import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { TimeRange } from '../../model/view.ts'
import { clockTime, duration } from '../look/figures.ts'
import { afterKey, type Edge } from './range-keys.ts'

interface Props {
  readonly range: TimeRange
  readonly span: TimeRange
  /** ms that an arrow key moves an edge. */
  readonly step: number
  /** The keyboard comes here when it appears. */
  readonly takesFocus: boolean
  readonly onRange: (range: TimeRange | undefined) => void
}

/** The chosen stretch of time, over the strip: its edges are sliders, for pointers and for keys. */
export function Brush(props: Props): ReactNode {
  const { range, span } = props
  const share = (at: number): number =>
    Math.min(100, Math.max(0, ((at - span.from) / (span.to - span.from)) * 100))
  const [left, right] = [share(range.from), share(range.to)]
  const times = `${clockTime(range.from)} to ${clockTime(range.to)}, ${duration(range.to - range.from)}`
  return (
    <div
      className="hb-brush"
      data-part="middle"
      title={`${times}. Double-click, or Escape, shows all times again.`}
      style={{ left: `${left}%`, width: `${right - left}%` }}
    >
      <EdgeSlider {...props} edge="from" label="Begin of the time range" />
      <EdgeSlider {...props} edge="to" label="End of the time range" takesFocus={false} />
    </div>
  )
}

interface EdgeProps extends Props {
  readonly edge: Edge
  readonly label: string
}

function EdgeSlider({ edge, label, range, span, step, takesFocus, onRange }: EdgeProps): ReactNode {
  const slider = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) slider.current?.focus()
  }, [takesFocus])
  const press = (event: KeyboardEvent): void => {
    const wanted = event.key === 'Escape' ? undefined : afterKey(event.key, edge, { range, span, step })
    if (event.key !== 'Escape' && wanted === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onRange(wanted)
  }
  return (
    <div
      ref={slider}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an <input> has no second edge
      role="slider"
      className="hb-brush-edge"
      data-part={edge}
      tabIndex={0}
      aria-label={label}
      aria-valuemin={Math.round(span.from)}
      aria-valuemax={Math.round(span.to)}
      aria-valuenow={Math.round(Math.min(span.to, Math.max(span.from, range[edge])))}
      aria-valuetext={clockTime(range[edge])}
      onKeyDown={press}
    />
  )
}
