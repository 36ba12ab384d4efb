import type { Clock } from '@heliobus/core'

/** What can be told to read no further for now. */
export interface Readable {
  pause(): void
  resume(): void
}

/**
 * Reads so many frames a second, and as many at once: what comes faster waits with its sender, for the socket is not read
 * meanwhile. So a flood costs nobody else's time, and an honest client in a hurry is slowed down instead of thrown out.
 */
export class Throttle {
  readonly #clock: Clock
  readonly #rate: number
  readonly #socket: Readable
  #left: number
  #filled: number
  #timer: unknown = undefined

  constructor(clock: Clock, framesPerSecond: number, socket: Readable) {
    this.#clock = clock
    this.#rate = framesPerSecond
    this.#socket = socket
    this.#left = framesPerSecond
    this.#filled = clock.elapsed()
  }

  /** Whether nothing is read at the moment. */
  get isHolding(): boolean {
    return this.#timer !== undefined
  }

  /** A frame was read, or what is in it costs as much as so many frames. */
  spend(frames: number): void {
    this.#left -= frames
    if (this.#left >= 0 || this.isHolding) return
    this.#fill()
    if (this.#left < 0) this.#hold()
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer)
  }

  #fill(): void {
    const now = this.#clock.elapsed()
    this.#left = Math.min(this.#rate, this.#left + ((now - this.#filled) * this.#rate) / 1_000)
    this.#filled = now
  }

  #hold(): void {
    this.#socket.pause()
    const ms = Math.ceil((-this.#left * 1_000) / this.#rate)
    this.#timer = this.#clock.setTimeout(() => this.#release(), Math.max(ms, 10))
  }

  #release(): void {
    this.#timer = undefined
    this.#fill()
    this.#socket.resume()
  }
}
