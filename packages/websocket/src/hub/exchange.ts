import type { Clock } from '@heliobus/core'
import type { Draft, History } from './history.ts'

/** Whoever takes events out of the history, from a place of its own. */
export interface Reader {
  /** There may be more. */
  deliver(): void
}

/** The middle of the hub: what comes in is put into the history, and everybody is told. */
export class Exchange {
  readonly history: History
  readonly #failed: (error: unknown) => void
  readonly #readers = new Set<Reader>()
  readonly #appending = new Set<Promise<void>>()

  /** `failed`: events that came in may not be in the history. */
  constructor(history: History, failed: (error: unknown) => void) {
    this.history = history
    this.#failed = failed
  }

  join(reader: Reader): void {
    this.#readers.add(reader)
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader)
  }

  /** A promise, if the history gives one: it resolves when the events are safe, and rejects when they may not be. */
  readonly append = (drafts: readonly Draft[]): void | Promise<void> => {
    if (drafts.length === 0) return undefined
    const done = this.history.append(drafts)
    if (done === undefined) return this.#tell()
    const told = this.#follow(done)
    this.#appending.add(told)
    void told.catch(() => undefined).then(() => this.#appending.delete(told))
    return told
  }

  /** Resolves when nothing is on its way into the history, after `timeout` ms in any case. */
  async idle(clock: Clock, timeout: number): Promise<void> {
    if (this.#appending.size === 0) return
    let timer: unknown
    const late = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, timeout)))
    await Promise.race([Promise.allSettled(this.#appending), late])
    clock.clearTimeout(timer)
  }

  async #follow(done: Promise<void>): Promise<void> {
    try {
      await done
    } catch (error) {
      this.#failed(error)
      throw error
    }
    this.#tell()
  }

  #tell(): void {
    for (const reader of this.#readers) reader.deliver()
  }
}
