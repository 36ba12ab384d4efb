import type { Fate } from './task.ts'

/** Who waits for events, by their ids, to be dispatched. */
export class Expectations {
  readonly #expected = new Map<string, (fate: Fate | undefined) => void>()

  get size(): number {
    return this.#expected.size
  }

  /** Ask before the event enters. Resolves when it has been dispatched, with `undefined` when it was dropped before. */
  ask(id: string): Promise<Fate | undefined> {
    return new Promise((resolve) => {
      const earlier = this.#expected.get(id)
      this.#expected.set(id, (fate) => {
        earlier?.(fate)
        resolve(fate)
      })
    })
  }

  /** The event was dispatched; without a fate it won't be. */
  meet(id: string, fate: Fate | undefined): void {
    this.#expected.get(id)?.(fate)
    this.#expected.delete(id)
  }
}
