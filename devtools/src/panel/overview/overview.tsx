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
import { hueOf } from '../look/hue.ts'
import { useTheme } from '../look/use-theme.ts'
import type { Session } from '../state/session.ts'
import { useDrawing, useFrame, useSession } from '../use-panel.ts'
import { Brush } from './brush.tsx'
import { ChooseRange } from './choose-range.tsx'
import { Hover, type Pointer } from './hover.tsx'
import { type Scene, Painter } from './painter.ts'
import { RangeDrag } from './range-drag.ts'
import { barsOf, gapsOf, spanOf, stepOf } from './span.ts'

/** Volume over time, on which a stretch is chosen by dragging. What it shows is in figures in the table of topics. */
export function Overview(): ReactNode {
  const session = useSession()
  const canvas = useRef<HTMLCanvasElement>(null)
  usePainting(session, canvas)
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
          step={stepOf(span)}
          takesFocus={byKeyboard}
          onRange={(wanted) => {
            setByKeyboard(wanted === undefined)
            session.view.setRange(wanted)
          }}
        />
      )}
      {hover !== undefined && <Hover {...hover} span={span} bars={barsOf(session, span)} />}
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

/** The strip is painted with every frame of the panel. */
function usePainting(session: Session, canvas: RefObject<HTMLCanvasElement | null>): void {
  const painter = useRef<Painter | undefined>(undefined)
  const theme = useTheme()
  useDrawing(
    useCallback(() => {
      if (canvas.current === null) return
      painter.current ??= new Painter(canvas.current)
      painter.current.paint(sceneOf(session), theme)
    }, [session, theme, canvas]),
  )
}

function sceneOf(session: Session): Scene {
  const { rows, recording, timeline } = session.recorder
  const span = spanOf(session)
  return {
    span,
    bars: barsOf(session, span),
    colors: timeline.domains.map(colorOf),
    gaps: gapsOf(session, span),
    discardedTo: rows.discarded > 0 ? rows.time[rows.slot(rows.oldest)] : undefined,
    isLive: recording && !session.view.paused,
  }
}

/** The first domain stands for those that have no place of their own. */
function colorOf(domain: string, index: number): string {
  return index === 0 ? '--hb-faint' : `--hb-hue-${hueOf(domain)}`
}
