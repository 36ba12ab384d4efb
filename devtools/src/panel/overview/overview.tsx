import {
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { TimeRange } from '../../model/view.ts'
import { useTheme } from '../look/use-theme.ts'
import type { Session } from '../state/session.ts'
import { useDrawing, useFrame, useSession } from '../use-panel.ts'
import { Brush } from './brush.tsx'
import { ChooseRange } from './choose-range.tsx'
import { Hover, type Pointer } from './hover.tsx'
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
  const [byKeyboard, setByKeyboard] = useState(false)
  const { range } = session.view
  useFrame(range === undefined ? 1_000 : 100) // a brush moves with its time
  const span = spanOf(session)

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- for the keyboard the brush has sliders
    <section
      className="hb-overview"
      aria-label="Events over time; the table of topics has the figures"
      onPointerDown={(event) => {
        setByKeyboard(false)
        drag.begin(event)
      }}
      onPointerMove={(event) => {
        drag.move(event)
        const { left, width } = event.currentTarget.getBoundingClientRect()
        setHover({ at: event.clientX - left, width })
      }}
      onPointerUp={(event) => drag.end() && focusEdge(event)}
      onPointerCancel={() => drag.end()}
      onPointerLeave={() => setHover(undefined)}
      onDoubleClick={() => session.view.setRange(undefined)}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {range === undefined ? (
        <ChooseRange
          takesFocus={byKeyboard}
          onChoose={() => {
            setByKeyboard(true)
            session.view.setRange(newestQuarter(span))
          }}
        />
      ) : (
        <Brush
          range={range}
          span={span}
          step={volume.width}
          takesFocus={byKeyboard}
          onRange={(wanted) => {
            setByKeyboard(wanted === undefined)
            session.view.setRange(wanted)
          }}
        />
      )}
      {hover !== undefined && <Hover {...hover} span={span} volume={volume} />}
    </section>
  )
}

/** What was just dragged can be moved on with keys, and given up with Escape. */
function focusEdge({ currentTarget }: PointerEvent<HTMLElement>): void {
  currentTarget.querySelector<HTMLElement>('[data-part="to"]')?.focus({ preventScroll: true })
}

function newestQuarter({ from, to }: TimeRange): TimeRange {
  return { from: to - (to - from) / 4, to }
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
