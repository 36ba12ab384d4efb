import type { Clock, PulledData } from '@heliobus/core'
import type { TapPayload } from '../tap-wire/frames.ts'

const MOST = 100
const WITHIN = 10_000 // ms

/** Data that was asked for and has not come yet. */
export class Pulls {
  readonly #clock: Clock
  readonly #waiting = new Map<number, (pulled: PulledData) => void>()
  #last = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `ask` sends the question with its number. Never rejects. */
  ask(ask: (request: number) => void): Promise<PulledData> {
    if (this.#waiting.size >= MOST) return Promise.resolve({ missing: 'too much was asked for at once' })
    const request = ++this.#last
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => this.#answer(request, late), WITHIN)
      this.#waiting.set(request, (pulled) => {
        this.#clock.clearTimeout(timer)
        resolve(pulled)
      })
      ask(request)
    })
  }

  take({ request, data, missing }: TapPayload): void {
    this.#answer(request, missing === undefined ? { data } : { missing })
  }

  fail(missing: string): void {
    for (const request of Array.from(this.#waiting.keys())) this.#answer(request, { missing })
  }

  #answer(request: number, pulled: PulledData): void {
    const answer = this.#waiting.get(request)
    this.#waiting.delete(request)
    answer?.(pulled)
  }
}

const late: PulledData = { missing: 'no answer came in time' }
