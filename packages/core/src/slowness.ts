import type { Clock } from './clock.ts'
import type { Log } from './logger.ts'
import type { Tap } from './tap.ts'
import type { Subscriber } from './task.ts'

/** From how long on a handler is named, in ms. */
export interface SlownessOptions {
  /** A call from start to end. Default 1,000. */
  readonly slow?: number
  /** What a call does before its first `await`: nothing else can happen meanwhile. Default 50. */
  readonly blocking?: number
}

const SILENCE = 60_000 // ms

/** Names handlers that are slow or hold everybody up: each once a minute at most, with how long it took. */
export class Slowness {
  readonly #clock: Clock
  readonly #tap: Tap
  readonly #log: Log
  readonly #told = new WeakMap<Subscriber, number>()
  readonly #slow: number
  readonly #blocking: number

  constructor(clock: Clock, tap: Tap, log: Log, { slow = 1_000, blocking = 50 }: SlownessOptions) {
    this.#clock = clock
    this.#tap = tap
    this.#log = log
    this.#slow = slow
    this.#blocking = blocking
  }

  /** A call has ended; `isSync`: all of it went before anything else. */
  look(subscription: Subscriber, ms: number, isSync: boolean): void {
    if (ms < this.#blocking || (!isSync && ms < this.#slow)) return
    this.#tell(subscription, ms, isSync)
  }

  #tell(subscription: Subscriber, ms: number, isBlocking: boolean): void {
    const now = this.#clock.elapsed()
    if (now - (this.#told.get(subscription) ?? Number.NEGATIVE_INFINITY) < SILENCE) return
    this.#told.set(subscription, now)
    this.#tap.tell({ type: 'slow', subscription: subscription.info, ms, isBlocking })
    this.#log.write('warn', () => ({
      message: `the handler "${subscription.name}" took ${Math.round(ms)} ms${isBlocking ? ', and nothing else could happen meanwhile' : ''}`,
      handler: subscription.name,
    }))
  }
}
