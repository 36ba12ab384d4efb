import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'

interface Props {
  readonly label: string
  /** `vertical` for a line between left and right. */
  readonly orientation: 'vertical' | 'horizontal'
  /** Length in px of the side that it sizes. */
  readonly size: number
  readonly min: number
  readonly max: number
  /** -1 when that side lies after the line: dragging towards the end makes it smaller. */
  readonly direction: 1 | -1
  readonly onResize: (size: number) => void
}

const STEP = 16

/** A line to drag between two sides, or to move with the arrow keys, Home and End. */
export function Splitter(props: Props): ReactNode {
  const { label, orientation, size, min, max, direction, onResize } = props
  const start = useRef<{ readonly at: number; readonly size: number } | undefined>(undefined)
  const place = (event: PointerEvent): number => (orientation === 'vertical' ? event.clientX : event.clientY)
  const resize = (wanted: number): void => onResize(Math.round(Math.min(max, Math.max(min, wanted))))

  const drag = (event: PointerEvent): void => {
    if (start.current !== undefined)
      resize(start.current.size + direction * (place(event) - start.current.at))
  }
  const press = (event: KeyboardEvent): void => {
    const wanted = sizeAfter(event.key, { size, min, max, direction })
    if (wanted === undefined) return
    event.preventDefault()
    event.stopPropagation()
    resize(wanted)
  }

  return (
    // A separator that can be focused is a widget, which <hr> is not.
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the same
      role="separator"
      className="hb-split"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.dataset['dragging'] = ''
        start.current = { at: place(event), size }
      }}
      onPointerMove={drag}
      onPointerUp={(event) => {
        delete event.currentTarget.dataset['dragging']
        start.current = undefined
      }}
      onDoubleClick={() => resize((min + max) / 2)}
    />
  )
}

interface Range {
  readonly size: number
  readonly min: number
  readonly max: number
  readonly direction: 1 | -1
}

function sizeAfter(key: string, { size, min, max, direction }: Range): number | undefined {
  if (key === 'Home') return min
  if (key === 'End') return max
  if (key === 'ArrowLeft' || key === 'ArrowUp') return size - direction * STEP
  if (key === 'ArrowRight' || key === 'ArrowDown') return size + direction * STEP
  return undefined
}
