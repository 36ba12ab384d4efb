import type { Signal } from '@heliobus/core'
import type { Recorder } from '../model/recorder.ts'
import type { WatchedBus } from '../panel/state/session.ts'

const KEPT = 10_000

/** What a bus tells while the recorder is still being loaded: the first 10,000 signals, the rest counted. */
export class EarlySignals {
  readonly bus: WatchedBus
  #signals: Signal[] = []
  #missed = 0
  readonly #subscription: { unsubscribe(): void }

  constructor(bus: WatchedBus) {
    this.bus = bus
    this.#subscription = bus.tap$.subscribe((signal) => {
      if (this.#signals.length < KEPT) this.#signals.push(signal)
      else this.#missed++
    })
  }

  /** Hands all over and ends; returns how many signals had no place. */
  handOver(recorder: Recorder): number {
    for (const signal of this.#signals) recorder.record(signal)
    this.close()
    return this.#missed
  }

  close(): void {
    this.#subscription.unsubscribe()
    this.#signals = []
  }
}
