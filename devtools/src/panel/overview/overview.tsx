import { type ReactNode, type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import type { TimeRange } from '../../model/view.ts'
import { clockTime, wholeNumber } from '../look/figures.ts'
import { useTheme } from '../look/use-theme.ts'
import type { Session } from '../state/session.ts'
import { useDrawing, useFrame, useSession } from '../use-panel.ts'
import { Brush } from './brush.tsx'
import { type Scene, Painter } from './painter.ts'
import { RangeDrag } from './range-drag.ts'
import { barWidth, gapsOf, spanOf } from './span.ts'
import { Volume } from './volume.ts'

/** Volume over time, on which a stretch is chosen by dragging. What it shows is in figures in the table of topics. */
export function Overview(): ReactNode {
  const session = useSession()
  const canvas = useRef<HTMLCanvasElement>(null)
  const volume = useVolume(session, canvas)
  const drag = useMemo(() => new RangeDrag(session), [session])
  const [hover, setHover] = useState<Pointer>()
  const { range } = session.view
  useFrame(range === undefined ? 1_000 : 100) // a brush moves with its time
  const span = spanOf(session)

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- for the keyboard the brush has sliders
    <section
      className="hb-overview"
      aria-label="Events over time; the table of topics has the figures"
      onPointerDown={(event) => drag.begin(event)}
      onPointerMove={(event) => {
        drag.move(event)
        const { left, width } = event.currentTarget.getBoundingClientRect()
        setHover({ at: event.clientX - left, width })
      }}
      onPointerUp={() => drag.end()}
      onPointerLeave={() => setHover(undefined)}
      onDoubleClick={() => session.view.setRange(undefined)}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {range !== undefined && (
        <Brush range={range} span={span} onRange={(wanted) => session.view.setRange(wanted)} />
      )}
      {hover !== undefined && <Hover {...hover} span={span} volume={volume} />}
    </section>
  )
}

/** The counts behind the strip, painted with every frame of the panel. */
function useVolume(session: Session, canvas: RefObject<HTMLCanvasElement | null>): Volume {
  const volume = useMemo(() => new Volume(session.recorder.rows, barWidth(session)), [session])
  const painter = useRef<Painter | undefined>(undefined)
  const theme = useTheme()
  useDrawing(
    useCallback(() => {
      if (canvas.current === null) return
      painter.current ??= new Painter(canvas.current)
      volume.update()
      painter.current.paint(sceneOf(session, volume), theme)
    }, [session, volume, theme, canvas]),
  )
  return volume
}

function sceneOf(session: Session, volume: Volume): Scene {
  const { rows, recording } = session.recorder
  const span = spanOf(session)
  return {
    span,
    bars: volume.bars(span.from, span.to),
    barWidth: volume.width,
    gaps: gapsOf(session),
    discardedTo: rows.discarded > 0 ? rows.time[rows.slot(rows.oldest)] : undefined,
    isLive: recording && !session.view.paused,
  }
}

/** Where the pointer is: px from the left, of so many. */
interface Pointer {
  readonly at: number
  readonly width: number
}

interface HoverProps extends Pointer {
  readonly span: TimeRange
  readonly volume: Volume
}

/** What happened under the pointer. */
function Hover({ at, width, span, volume }: HoverProps): ReactNode {
  const time = span.from + (at / Math.max(1, width)) * (span.to - span.from)
  const bar = volume
    .bars(time - volume.width, time + 1)
    .findLast((one) => one.at <= time && time < one.at + volume.width)
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
