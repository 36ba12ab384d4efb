/** Work that must not overlap, in the order in which it was given. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `work` when what was given before is done, however that went. */
  take<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
