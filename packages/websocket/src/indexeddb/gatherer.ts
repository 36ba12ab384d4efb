interface Waiting<T> {
  readonly what: T
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Does one thing after the other, in the order in which they come. What comes while something is being done is done together. */
export class Gatherer<T> {
  readonly #doAll: (all: readonly T[]) => Promise<ReadonlyMap<T, unknown>>
  #waiting: Waiting<T>[] = []
  #isBusy = false

  /** `doAll` answers with what went wrong, of those that it did not do; it rejects when it did none. */
  constructor(doAll: (all: readonly T[]) => Promise<ReadonlyMap<T, unknown>>) {
    this.#doAll = doAll
  }

  /** Resolves when it is done. */
  do(what: T): Promise<void> {
    const done = new Promise<void>((resolve, reject) => this.#waiting.push({ what, resolve, reject }))
    if (!this.#isBusy) void this.#run()
    return done
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    while (this.#waiting.length > 0) await this.#doThose(this.#waiting.splice(0))
    this.#isBusy = false
  }

  async #doThose(those: readonly Waiting<T>[]): Promise<void> {
    try {
      const errors = await this.#doAll(those.map(({ what }) => what))
      for (const { what, resolve, reject } of those)
        if (errors.has(what)) reject(errors.get(what))
        else resolve()
    } catch (error) {
      for (const { reject } of those) reject(error)
    }
  }
}
