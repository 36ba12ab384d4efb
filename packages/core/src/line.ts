import { Fifo } from './fifo.ts'

/** Tasks that wait, first come first served. Those that are done meanwhile are passed over. */
export class Line<T extends { readonly state: string }> {
  readonly #all = new Fifo<T>()

  push(one: T): void {
    this.#all.push(one)
  }

  /** Who has waited longest. */
  get first(): T | undefined {
    while (this.#all.peek()?.state === 'done') this.#all.shift()
    return this.#all.peek()
  }

  shift(): T | undefined {
    const { first } = this
    if (first !== undefined) this.#all.shift()
    return first
  }
}
