/** What can be a link of a `Chain`; of one at a time. */
export interface ChainLink<T> {
  before: T | undefined
  after: T | undefined
}

/** A list whose members hold each other: to join and to leave cost next to nothing, from any place. */
export class Chain<T extends ChainLink<T>> {
  #first: T | undefined = undefined
  #last: T | undefined = undefined
  #size = 0

  get size(): number {
    return this.#size
  }

  add(link: T): void {
    link.before = this.#last
    link.after = undefined
    if (this.#last === undefined) this.#first = link
    else this.#last.after = link
    this.#last = link
    this.#size++
  }

  /** Only for one that is in the chain. */
  remove(link: T): void {
    const { before, after } = link
    if (before === undefined) this.#first = after
    else before.after = after
    if (after === undefined) this.#last = before
    else after.before = before
    link.before = link.after = undefined
    this.#size--
  }

  /** Those of this moment, oldest first. */
  all(): T[] {
    const all: T[] = []
    for (let link = this.#first; link !== undefined; link = link.after) all.push(link)
    return all
  }

  find(fits: (link: T) => boolean): T | undefined {
    let link = this.#first
    while (link !== undefined && !fits(link)) link = link.after
    return link
  }
}
