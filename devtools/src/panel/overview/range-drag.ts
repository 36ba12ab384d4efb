import type { PointerEvent } from 'react'
import type { TimeRange } from '../../model/view.ts'
import type { Session } from '../state/session.ts'
import { spanOf } from './span.ts'

/** Nearer than this, in px, to where it was pressed the pointer has not been dragged. */
const SLACK = 3

/** Chooses a stretch of time by dragging over the strip, moves it by its middle, or one of its edges. */
export class RangeDrag {
  readonly #session: Session
  #held: ((at: number) => TimeRange) | undefined = undefined
  #pressedAt = 0
  #isDragged = false

  constructor(session: Session) {
    this.#session = session
  }

  /** Only the first button drags. */
  begin(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return
    this.#held = grip(partOf(event.target), this.#timeAt(event), this.#session.view.range)
    this.#pressedAt = event.clientX
    this.#isDragged = false
    event.currentTarget.setPointerCapture(event.pointerId)
  }

  move(event: PointerEvent<HTMLElement>): void {
    if (this.#held === undefined) return
    this.#isDragged ||= Math.abs(event.clientX - this.#pressedAt) > SLACK
    if (this.#isDragged) this.#session.view.setRange(this.#held(this.#timeAt(event)))
  }

  /** True when something was dragged, and not just pressed. */
  end(): boolean {
    const wasDragged = this.#held !== undefined && this.#isDragged
    this.#held = undefined
    return wasDragged
  }

  #timeAt({ currentTarget, clientX }: PointerEvent<HTMLElement>): number {
    const { left, width } = currentTarget.getBoundingClientRect()
    const { from, to } = spanOf(this.#session)
    const share = (clientX - left) / Math.max(1, width)
    return from + Math.min(1, Math.max(0, share)) * (to - from)
  }
}

/** What a pointer does that was pressed at a time: draws a new stretch, or changes the one that is there. */
function grip(
  part: string | undefined,
  pressed: number,
  range: TimeRange | undefined,
): (at: number) => TimeRange {
  const ordered = (a: number, b: number): TimeRange => ({ from: Math.min(a, b), to: Math.max(a, b) })
  if (range === undefined || part === undefined) return (at) => ordered(pressed, at)
  if (part === 'from') return (at) => ordered(at, range.to)
  if (part === 'to') return (at) => ordered(range.from, at)
  return (at) => ({ from: range.from + at - pressed, to: range.to + at - pressed })
}

/** By shape: the panel may stand in a window with classes of its own. */
function partOf(target: EventTarget): string | undefined {
  if (!('getAttribute' in target) || typeof target.getAttribute !== 'function') return undefined
  const part: unknown = target.getAttribute('data-part')
  return typeof part === 'string' ? part : undefined
}
