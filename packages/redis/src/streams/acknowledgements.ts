/** Collects what is done with while the call before is under way, and tells Redis in one. */
export class Acknowledgements {
  readonly #acknowledge: (ids: readonly string[]) => Promise<void>
  readonly #done: (id: string) => void
  #waiting: string[] = []
  #working: Promise<void> | undefined = undefined

  /** `acknowledge` must not reject; `done` hears of each. */
  constructor(acknowledge: (ids: readonly string[]) => Promise<void>, done: (id: string) => void) {
    this.#acknowledge = acknowledge
    this.#done = done
  }

  add(id: string): void {
    this.#waiting.push(id)
    this.#working ??= this.#work()
  }

  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    await Promise.resolve() // what settles in the same turn goes along
    while (this.#waiting.length > 0) {
      const ids = this.#waiting
      this.#waiting = []
      await this.#acknowledge(ids)
      for (const id of ids) this.#done(id)
    }
    this.#working = undefined
  }
}
