import type { TimelineBar } from '../../model/timeline.ts'
import type { TimeRange } from '../../model/view.ts'
import { timeTicks } from './time-ticks.ts'

/** What there is to paint. */
export interface Scene {
  readonly span: TimeRange
  readonly bars: readonly TimelineBar[]
  /** Names of the colours of a bar's counts, in their order. */
  readonly colors: readonly string[]
  readonly gaps: readonly TimeRange[]
  /** Before it everything has left the ring; epoch ms, `undefined` when nothing has. */
  readonly discardedTo: number | undefined
  /** New events come in at the right. */
  readonly isLive: boolean
}

const TICK = 3 // px, of errors at the top
const MARGIN = 6 // px above the highest bar
const LABEL = 96 // px that a time and the room around it take

/** Paints the strip. Colours are those of the canvas's style. */
export class Painter {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D | null
  #theme = ''
  #styles = new Map<string, string>()
  #highest = 1

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas
    this.#context = canvas.getContext('2d')
  }

  paint(scene: Scene, theme: string): void {
    const context = this.#context
    const { clientWidth: width, clientHeight: height } = this.#canvas
    if (context === null || width === 0) return
    if (theme !== this.#theme) this.#styles = new Map()
    this.#theme = theme
    this.#fit(width, height)
    context.clearRect(0, 0, width, height)
    const x = (at: number): number => ((at - scene.span.from) / (scene.span.to - scene.span.from)) * width
    this.#times(scene.span, x, width, height)
    if (scene.discardedTo !== undefined) this.#hatch(0, x(scene.discardedTo), height)
    for (const { from, to } of scene.gaps) this.#hatch(x(from), x(to), height)
    this.#bars(scene, x, height)
    if (scene.isLive) this.#rect('--hb-info', width - 1, 0, 1, height)
  }

  /** A canvas has pixels of its own: as many as the screen has there. */
  #fit(width: number, height: number): void {
    const ratio = this.#canvas.ownerDocument.defaultView?.devicePixelRatio ?? 1
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)]
    if (this.#canvas.width !== wide) this.#canvas.width = wide
    if (this.#canvas.height !== high) this.#canvas.height = high
    this.#context?.setTransform(ratio, 0, 0, ratio, 0, 0)
  }

  #bars({ bars, colors }: Scene, x: (at: number) => number, height: number): void {
    const highest = Math.max(1, ...bars.map(({ counts }) => sum(counts)))
    this.#highest = highest > this.#highest ? highest : this.#highest + (highest - this.#highest) * 0.1
    for (const { at, width, counts, errors } of bars) {
      const [left, right] = [Math.round(x(at)), Math.round(x(at + width))]
      const wide = Math.max(1, right - left - 1)
      let bottom = height
      for (const [domain, count] of counts.entries()) {
        const tall = (count / this.#highest) * (height - MARGIN)
        if (count > 0) this.#rect(colors[domain]!, left, bottom - tall, wide, Math.max(tall, 1))
        bottom -= tall
      }
      if (errors > 0) this.#rect('--hb-error', left, 0, wide, TICK)
    }
  }

  /** Faint lines with their times, behind the bars. */
  #times(span: TimeRange, x: (at: number) => number, width: number, height: number): void {
    if (this.#context === null) return
    const { at: times, labelOf } = timeTicks(span, width / LABEL)
    this.#context.font = `11px ${this.#style('--hb-mono')}`
    for (const at of times) {
      const left = Math.round(x(at))
      this.#rect('--hb-line', left, 0, 1, height)
      this.#context.fillStyle = this.#style('--hb-dim')
      const label = labelOf(at)
      if (left + 8 + this.#context.measureText(label).width < width)
        this.#context.fillText(label, left + 4, TICK + 10)
    }
  }

  #hatch(from: number, to: number, height: number): void {
    const context = this.#context
    const width = Math.max(to - from, 3)
    if (context === null || to < 0) return
    context.save()
    context.beginPath()
    context.rect(from, 0, width, height)
    context.clip()
    context.strokeStyle = this.#style('--hb-faint')
    context.beginPath()
    for (let at = from - height; at < from + width; at += 6) {
      context.moveTo(at, height)
      context.lineTo(at + height, 0)
    }
    context.stroke()
    context.restore()
  }

  #rect(color: string, x: number, y: number, width: number, height: number): void {
    if (this.#context === null) return
    this.#context.fillStyle = this.#style(color)
    this.#context.fillRect(x, y, width, height)
  }

  /** Of the canvas: a custom property. */
  #style(name: string): string {
    const known = this.#styles.get(name)
    if (known !== undefined) return known
    const style = this.#canvas.ownerDocument.defaultView?.getComputedStyle(this.#canvas)
    const value = style?.getPropertyValue(name).trim() ?? ''
    this.#styles.set(name, value)
    return value
  }
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
