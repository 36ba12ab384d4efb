import { Observable, type Subscriber } from 'rxjs'
import type { Clock } from './clock.ts'
import type { Signal, SignalFacts } from './signal.ts'

/**
 * Where signals are told. While nobody listens, `active` is false, and nothing should be built to be told.
 *
 * The listeners are kept here rather than in a Subject: each signal passes one RxJS subscriber instead of three.
 */
export class Tap {
  active = false
  readonly signals$: Observable<Signal>
  readonly #clock: Clock
  #listeners: readonly Subscriber<Signal>[] = []
  #closed = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.signals$ = new Observable((listener) => {
      if (this.#closed) return listener.complete()
      this.#listen([...this.#listeners, listener])
      return () => this.#listen(this.#listeners.filter((other) => other !== listener))
    })
  }

  tell(facts: SignalFacts): void {
    if (this.active) this.pass({ ...facts, at: this.#clock.now() })
  }

  /** The same for what has its time already. */
  pass(signal: Signal): void {
    for (const listener of this.#listeners) listener.next(signal)
  }

  close(): void {
    this.tell({ type: 'closed' })
    this.#closed = true
    for (const listener of this.#listeners) listener.complete()
  }

  #listen(listeners: readonly Subscriber<Signal>[]): void {
    this.#listeners = listeners
    this.active = listeners.length > 0
  }
}
