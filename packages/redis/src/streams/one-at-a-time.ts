/** Runs one thing after the other. */
export class OneAtATime {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it has ended, and so has all before. */
  run(act: () => Promise<void>): Promise<void> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => undefined)
    return done
  }
}
