import { Listeners } from './listeners.ts'

/** Where frames come from: a window is one. A panel in a window of its own takes that window's, for hidden pages have none. */
export interface FrameSource {
  requestAnimationFrame(draw: () => void): number
  cancelAnimationFrame(frame: number): void
}

export interface PulseOptions {
  readonly frames: FrameSource
  /** Milliseconds with fractions, never going back. */
  readonly elapsed: () => number
  /** A number that differs once there is something new to draw. */
  readonly mark: () => number
  /** Runs the drawing so that all of it is done when it returns: React's `flushSync`. Default: just runs it. */
  readonly commit?: (draw: () => void) => void
}

const FOLLOWING = 15 // Hz: faster can't be read
const SLOWEST = 1
const HANDS_ON = 500 // ms after a touch in which every frame is drawn
const SHARE = 0.06 // of the main thread, for drawing while nobody interacts
const SMOOTHING = 0.2
const WORST = 100 // ms: one frame that was dear must not slow down the next hundred

/**
 * When the panel draws: up to 15 times a second while events flow, with every frame while hands are on it, once a second
 * while nothing comes, never while hidden. When drawing costs the app too much it becomes slower by itself, and says so.
 */
export class Pulse {
  readonly #options: PulseOptions
  readonly #drawers = new Listeners()
  #frames: FrameSource
  #pending: number | undefined = undefined
  #running = false
  #drawnAt = Number.NEGATIVE_INFINITY
  #touchedAt = Number.NEGATIVE_INFINITY
  #mark = Number.NaN
  #asked = false
  #cost = 0
  #frame = 0

  constructor(options: PulseOptions) {
    this.#options = options
    this.#frames = options.frames
  }

  /** How often it was drawn. */
  get frame(): number {
    return this.#frame
  }

  /** Milliseconds with fractions, never going back. */
  get now(): number {
    return this.#options.elapsed()
  }

  /** What drawing takes, in ms a frame, smoothed. */
  get cost(): number {
    return this.#cost
  }

  /** How often it draws while events flow. 15, or less when that would cost the app more than 6 % of its time. */
  get rate(): number {
    return Math.max(SLOWEST, Math.min(FOLLOWING, Math.floor((SHARE * 1_000) / Math.max(this.#cost, 0.1))))
  }

  /** True while it draws so much less often than it would like to that it shows. */
  get spares(): boolean {
    return this.rate <= (FOLLOWING * 2) / 3
  }

  /** Calls `draw` with each frame, until the returned function is called. */
  readonly listen = (draw: () => void): (() => void) => this.#drawers.add(draw)

  /** Begins. `frames` when the panel has moved to another window. */
  start(frames: FrameSource = this.#frames): void {
    this.stop()
    this.#frames = frames
    this.#running = true
    this.#asked = true
    this.#next()
  }

  /** Draws no more until `start`: the panel is hidden. */
  stop(): void {
    this.#running = false
    if (this.#pending !== undefined) this.#frames.cancelAnimationFrame(this.#pending)
    this.#pending = undefined
  }

  /** Hands are on the panel: the next half second is drawn frame by frame. */
  touch(): void {
    this.#touchedAt = this.#options.elapsed()
    this.#asked = true
  }

  #next(): void {
    this.#pending = this.#frames.requestAnimationFrame(() => {
      if (!this.#running) return
      this.#next()
      if (this.#isDue(this.#options.elapsed())) this.#draw()
    })
  }

  #isDue(now: number): boolean {
    const since = now - this.#drawnAt
    if (this.#asked || since >= 1_000 / SLOWEST) return true
    if (this.#options.mark() === this.#mark) return false
    return now - this.#touchedAt < HANDS_ON || since >= 1_000 / this.rate - 2 // a frame comes a little early or late
  }

  #draw(): void {
    const { elapsed, mark, commit = (draw) => draw() } = this.#options
    const before = elapsed()
    this.#asked = false
    this.#mark = mark()
    this.#drawnAt = before
    this.#frame++
    commit(() => this.#drawers.tell())
    this.#cost += SMOOTHING * (Math.min(elapsed() - before, WORST) - this.#cost)
  }
}
