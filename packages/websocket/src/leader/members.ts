import type { Clock } from '@heliobus/core'
import type { Locks } from '../indexeddb/flusher.ts'

/** The part of the Web Locks that is used. */
export interface TabLocks extends Locks {
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>
}

export interface MembersOptions {
  readonly name: string
  readonly locks: TabLocks
  readonly clock: Clock
  /** What all want has changed. */
  readonly changed: () => void
}

/** How long a leader waits for a tab that is there to say what it wants, in ms: it may be about to end. */
const PATIENCE = 2_000
const PAUSE = 20

/** The tabs that are there: each holds a lock of its own, which ends with it, however it ends. */
export class Members {
  readonly #options: MembersOptions
  readonly #prefix: string
  readonly #wants = new Map<string, readonly string[]>()
  readonly #end = new AbortController()

  constructor(options: MembersOptions) {
    this.#options = options
    this.#prefix = `heliobus tab ${options.name} `
  }

  /** What any of them wants. */
  get patterns(): readonly string[] {
    return [...new Set([...this.#wants.values()].flat())]
  }

  /** Until `leave`. Resolves when the lock is held: before that, others would take a tab that speaks for one that is gone. */
  join(tab: string): Promise<void> {
    const { signal } = this.#end
    const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    return new Promise((resolve, reject) => {
      const held = (): Promise<void> => (resolve(), left)
      this.#options.locks.request(this.#prefix + tab, { signal }, held).catch(reject)
    })
  }

  leave(): void {
    this.#end.abort()
  }

  /** A tab says what it wants; it is forgotten when its lock is free. */
  heard(tab: string, patterns: readonly string[]): void {
    const isNew = !this.#wants.has(tab)
    this.#wants.set(tab, patterns)
    this.#options.changed()
    if (isNew) this.#follow(tab)
  }

  /** Resolves when every tab that is there has said what it wants. */
  async complete(ask: () => void): Promise<void> {
    const { clock } = this.#options
    const end = clock.elapsed() + PATIENCE
    while (clock.elapsed() < end && (await this.#isIncomplete())) {
      ask()
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, PAUSE))
    }
  }

  async #isIncomplete(): Promise<boolean> {
    const { held = [] } = await this.#options.locks.query()
    return held.some(({ name = '' }) => this.#isUnknown(name))
  }

  #isUnknown(lock: string): boolean {
    return lock.startsWith(this.#prefix) && !this.#wants.has(lock.slice(this.#prefix.length))
  }

  #follow(tab: string): void {
    const { signal } = this.#end
    this.#options.locks.request(this.#prefix + tab, { signal }, async () => this.#forget(tab)).catch(ignored)
  }

  #forget(tab: string): void {
    this.#wants.delete(tab)
    this.#options.changed()
  }
}

/** Given up: this tab leaves. */
function ignored(): void {}
