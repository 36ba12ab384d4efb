import type { BusEvent } from './event.ts'
import { Fifo } from './fifo.ts'

/** Who waits until everything up to a certain event is settled. */
interface Question {
  readonly upTo: number
  readonly answer: () => void
}

/**
 * Events on their way into a log, oldest first: those that are being stored, and behind them those that wait. They stay
 * until it is known what became of them; together they are at most `limit`.
 */
export class Backlog {
  readonly limit: number
  readonly #dropsOldest: boolean
  readonly #waiting = new Fifo<BusEvent>()
  #batch: readonly BusEvent[] = []
  /** Events that have left the queue since the beginning. */
  #left = 0
  /** Those of them whose fate is known. */
  #settled = 0
  readonly #questions = new Fifo<Question>()

  constructor(limit: number, dropsOldest: boolean) {
    this.limit = limit
    this.#dropsOldest = dropsOldest
  }

  get size(): number {
    return this.#batch.length + this.#waiting.size
  }

  /** Answers with the event that has no place: this one, or the one that has waited longest. */
  add(event: BusEvent): BusEvent | undefined {
    if (this.size < this.limit) {
      this.#waiting.push(event)
      return undefined
    }
    const oldest = this.#dropsOldest ? this.#waiting.shift() : undefined
    if (oldest === undefined) return event // all are being stored: none can be taken back
    this.#waiting.push(event)
    this.#left++
    if (this.#batch.length === 0) this.#settle()
    return oldest
  }

  /** The next events, to be stored; `done` says when they are. */
  take(count: number): readonly BusEvent[] {
    const batch: BusEvent[] = []
    while (batch.length < count && this.#waiting.size > 0) batch.push(this.#waiting.shift()!)
    this.#left += batch.length
    return (this.#batch = batch)
  }

  done(): void {
    this.#batch = []
    this.#settle()
  }

  /** Resolves when it is known what became of all that is in now. */
  settled(): Promise<void> {
    if (this.size === 0) return Promise.resolve()
    const upTo = this.#left + this.#waiting.size
    return new Promise((answer) => this.#questions.push({ upTo, answer }))
  }

  /** Takes everything out, whatever becomes of it. */
  clear(): readonly BusEvent[] {
    const all = [...this.#batch, ...this.take(this.#waiting.size)]
    this.done()
    return all
  }

  #settle(): void {
    this.#settled = this.#left
    for (let next = this.#questions.peek(); next !== undefined; next = this.#questions.peek()) {
      if (next.upTo > this.#settled) return
      this.#questions.shift()?.answer()
    }
  }
}
