// Runs in the page: what one would write first, to compare with.
import { dataOf, topicOf } from './events.ts'

export class PlainSearch {
  readonly #events: readonly object[]

  constructor(count: number) {
    this.#events = Array.from({ length: count }, (_, n) => ({ type: topicOf(n), data: dataOf(n) }))
  }

  /** Looks for a text in the JSON of every event: ms. Throws when it finds nothing. */
  run(text: string): number {
    const start = performance.now()
    const found = this.#events.filter((event) => JSON.stringify(event).toLowerCase().includes(text))
    const ms = performance.now() - start
    if (found.length === 0) throw new Error(`the plain search found no ${text}`)
    return ms
  }
}
