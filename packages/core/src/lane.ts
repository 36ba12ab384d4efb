import { Line } from './line.ts'

/** The events of one key at one handler: who has its turn, until it is done, and who waits behind it. */
export class Lane<T extends { readonly state: string }> {
  holder: T | undefined = undefined
  /** How many wait. */
  behind = 0
  #line: Line<T> | undefined = undefined

  wait(one: T): void {
    this.#line ??= new Line()
    this.#line.push(one)
    this.behind++
  }

  /** Who has waited longest. */
  get first(): T | undefined {
    return this.#line?.first
  }

  /** The turn goes to the next, if somebody waits. */
  passOn(): T | undefined {
    this.holder = this.#line?.shift()
    if (this.holder !== undefined) this.behind--
    return this.holder
  }
}
