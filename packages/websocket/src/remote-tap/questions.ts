import type { Clock, RemoteAnswer } from '@heliobus/core'

const MOST = 100
const WITHIN = 10_000 // ms

/** Questions of one kind that have not been answered yet. */
export class Questions<Answer> {
  readonly #clock: Clock
  readonly #waiting = new Map<number, (answer: RemoteAnswer<Answer>) => void>()
  #last = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `send` sends the question with its number. Never rejects. */
  ask(send: (request: number) => void): Promise<RemoteAnswer<Answer>> {
    if (this.#waiting.size >= MOST) return Promise.resolve({ missing: 'too much was asked for at once' })
    const request = ++this.#last
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => this.take({ request, answer: late }), WITHIN)
      this.#waiting.set(request, (answer) => {
        this.#clock.clearTimeout(timer)
        resolve(answer)
      })
      send(request)
    })
  }

  take({ request, answer }: { readonly request: number; readonly answer: RemoteAnswer<Answer> }): void {
    const resolve = this.#waiting.get(request)
    this.#waiting.delete(request)
    resolve?.(answer)
  }

  fail(missing: string): void {
    for (const request of Array.from(this.#waiting.keys())) this.take({ request, answer: { missing } })
  }
}

const late = { missing: 'no answer came in time' }
