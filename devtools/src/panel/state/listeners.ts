/** Who wants to hear of changes. Listeners may come and go while they are called. */
export class Listeners {
  readonly #listeners = new Set<() => void>()

  get size(): number {
    return this.#listeners.size
  }

  /** Calls `listener` after each change, until the returned function is called. */
  add(listener: () => void): () => void {
    const own = (): void => listener() // the same function twice is two listeners
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  tell(): void {
    for (const listener of Array.from(this.#listeners)) listener()
  }
}
