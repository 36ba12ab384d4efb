import { Observable, Subject } from 'rxjs'
import type { Clock } from './clock.ts'
import type { Signal, SignalFacts } from './signal.ts'

/** Where signals are told. While nobody listens, `active` is false, and nothing should be built to be told. */
export class Tap {
  active = false
  readonly #signals = new Subject<Signal>()
  readonly #clock: Clock
  readonly signals$: Observable<Signal>

  constructor(clock: Clock) {
    this.#clock = clock
    this.signals$ = new Observable((subscriber) => {
      const subscription = this.#signals.subscribe(subscriber)
      this.active = true
      return () => {
        subscription.unsubscribe()
        this.active = this.#signals.observed
      }
    })
  }

  tell(facts: SignalFacts): void {
    if (this.active) this.#signals.next({ ...facts, at: this.#clock.now() })
  }

  close(): void {
    this.tell({ type: 'closed' })
    this.#signals.complete()
  }
}
