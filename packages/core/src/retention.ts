import { inBackground } from './background.ts'
import type { Clock } from './clock.ts'
import type { EventLog } from './event-log.ts'

/** How long a recording's log keeps what it stores. */
export interface RetentionOptions {
  /** In ms, by the time of the event. Default 7 days; `Infinity`: for ever. */
  readonly age?: number
  /** How many entries at most, give or take a tenth. Default: as many as come. */
  readonly keep?: number
  /** How often to look, in ms. Default an hour. */
  readonly every?: number
}

export interface RetentionParts extends Required<RetentionOptions> {
  readonly log: EventLog
  readonly clock: Clock
  /** Hears how many entries went, if any did. */
  readonly pruned: (count: number) => void
  readonly failed: (error: unknown) => void
}

const SOON = 1_000

/** Prunes a log again and again, never twice at the same time. What fails is tried again the next time. */
export class Retention {
  readonly #parts: RetentionParts
  #timer: unknown = undefined
  #running: Promise<void> | undefined = undefined
  #isOver = false
  /** Entries that may have come since it looked last. */
  #added = 0

  constructor(parts: RetentionParts) {
    this.#parts = parts
    this.#look(Math.min(SOON, parts.every)) // a page may not live until the first hour is over
  }

  /** Looks sooner when enough have come to be too many. */
  added(count: number): void {
    this.#added += count
    if (this.#added > this.#parts.keep / 10) this.#run()
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isOver = true
    this.#parts.clock.clearTimeout(this.#timer)
    await this.#running
  }

  #look(ms: number): void {
    this.#timer = inBackground(this.#parts.clock, () => this.#run(), ms)
  }

  #run(): void {
    if (this.#running !== undefined || this.#isOver) return
    this.#parts.clock.clearTimeout(this.#timer)
    this.#added = 0
    this.#running = this.#prune().finally(() => {
      this.#running = undefined
      if (!this.#isOver) this.#look(this.#parts.every)
    })
  }

  async #prune(): Promise<void> {
    const { log, clock, age, keep, pruned, failed } = this.#parts
    try {
      const count = await log.prune(clock.now() - age, keep)
      if (count > 0) pruned(count)
    } catch (error) {
      failed(error)
    }
  }
}
