import type { Clock } from '@heliobus/core'
import { CloseCode, Violation } from '../protocol/close-code.ts'
import type { Draft, History } from './history.ts'

/** Whoever takes events out of the history, from a place of its own. */
export interface Reader {
  /** There may be more. */
  deliver(): void
}

/** What the hub has to hear of its history. */
export interface Tidings {
  /** Events that came in may not be in the history. */
  readonly failed: (error: unknown) => void
  /** What was read before is not in the history any more. */
  readonly renewed: () => void
}

/** The middle of the hub: what comes in is put into the history, and everybody is told. */
export class Exchange {
  readonly history: History
  readonly #tidings: Tidings
  readonly #stopWatching: (() => void) | undefined
  readonly #readers = new Set<Reader>()
  readonly #appending = new Set<Promise<void>>()

  constructor(history: History, tidings: Tidings) {
    this.history = history
    this.#tidings = tidings
    this.#stopWatching = history.watch?.({ more: () => this.#tell(), renewed: tidings.renewed })
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

  /**
   * What the history knows of a session, when everything in it is readable; undefined when nobody else appends to it. Rejects
   * with a `Violation` when that can't be told.
   */
  async catchUp(session: string): Promise<number | undefined> {
    try {
      return await this.history.catchUp?.(session)
    } catch {
      throw new Violation(CloseCode.shutdown, 'the history can not be reached')
    }
  }

  /** Resolves when nothing is on its way into the history, after `timeout` ms in any case. */
  async end(clock: Clock, timeout: number): Promise<void> {
    this.#stopWatching?.()
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
      this.#tidings.failed(error)
      throw error
    }
    this.#tell()
  }

  #tell(): void {
    for (const reader of this.#readers) reader.deliver()
  }
}
