import type { Fate } from './task.ts'

/** Hears of the fate of an event; without one it was dropped. */
type Hear = (fate: Fate | undefined) => void

/** Who waits for events, by their ids, to be dispatched. */
export class Expectations {
  /** Mostly there is but one, for the length of a call: a Map into which it went, and out again, would be made anew all the time. */
  #first: { readonly id: string; readonly hear: Hear } | undefined = undefined
  readonly #others = new Map<string, Hear>()

  get size(): number {
    return this.#others.size + (this.#first === undefined ? 0 : 1)
  }

  /** Ask before the event enters. `hear` is called when it has been dispatched, or won't be. */
  expect(id: string, hear: Hear): void {
    const earlier = this.#others.get(id)
    if (earlier !== undefined) this.#others.set(id, both(earlier, hear))
    else if (this.#first === undefined) this.#first = { id, hear }
    else this.#others.set(id, hear)
  }

  /** The event was dispatched; without a fate it won't be. */
  meet(id: string, fate: Fate | undefined): void {
    const first = this.#first
    if (first?.id === id) {
      this.#first = undefined
      first.hear(fate)
    }
    const hear = this.#others.get(id)
    if (hear === undefined) return
    this.#others.delete(id)
    hear(fate)
  }
}

function both(earlier: Hear, later: Hear): Hear {
  return (fate) => {
    earlier(fate)
    later(fate)
  }
}
