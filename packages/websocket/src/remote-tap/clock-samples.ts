import type { ClockOffset } from '@heliobus/core'

/** One question and its answer. Times are epoch ms, `at` of the other clock. */
export interface ClockSample {
  readonly asked: number
  readonly at: number
  readonly answered: number
}

const KEPT = 5
const TICK = 1 // ms: what both clocks leave out below it

/**
 * How far another clock is from ours. It was read between the question and the answer, so each sample bounds the offset on
 * both sides; together they bound it more closely. Only the newest 5 count, for clocks drift and are set.
 */
export class ClockSamples {
  #bounds: readonly ClockOffset[] = []

  add({ asked, at, answered }: ClockSample): ClockOffset {
    const bounds = { least: asked - at - TICK, most: answered - at + TICK }
    this.#bounds = [...this.#bounds, bounds].slice(-KEPT)
    const least = Math.max(...this.#bounds.map((one) => one.least))
    const most = Math.min(...this.#bounds.map((one) => one.most))
    if (least <= most) return { least, most }
    this.#bounds = [bounds] // a clock was set meanwhile
    return bounds
  }

  clear(): void {
    this.#bounds = []
  }
}
