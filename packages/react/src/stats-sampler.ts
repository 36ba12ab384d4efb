import { type Bus, BusError, type BusStats, type Clock } from '@heliobus/core'

export interface StatsOptions {
  /** ms from one look at the statistics to the next, above 0. Default 500. A look costs a copy of all counters. */
  readonly every?: number
}

/** A bus's statistics, looked at every so often while somebody watches. Fits `useSyncExternalStore`. */
export class StatsSampler {
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #every: number
  #sample: BusStats | undefined = undefined

  /** Throws `option-invalid`. */
  constructor(bus: Bus, clock: Clock, every: number) {
    if (!Number.isFinite(every) || every <= 0) {
      throw new BusError('option-invalid', { option: 'every', reason: `must be ms above 0, not ${every}` })
    }
    this.#bus = bus
    this.#clock = clock
    this.#every = every
  }

  readonly sample = (): BusStats => (this.#sample ??= this.#bus.stats())

  readonly subscribe = (changed: () => void): (() => void) => {
    const look = (): void => {
      this.#sample = this.#bus.stats()
      timer = this.#clock.setTimeout(look, this.#every)
      changed()
    }
    let timer = this.#clock.setTimeout(look, this.#every)
    return () => this.#clock.clearTimeout(timer)
  }
}
