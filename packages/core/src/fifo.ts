/** First in, first out; each step costs the same however many are in. */
export class Fifo<T> {
  #items: (T | undefined)[] = []
  #from = 0

  get size(): number {
    return this.#items.length - this.#from
  }

  push(item: T): void {
    this.#items.push(item)
  }

  peek(): T | undefined {
    return this.#items[this.#from]
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined
    const item = this.#items[this.#from]
    this.#items[this.#from++] = undefined // what was taken must be free at once
    if (this.#from >= 1_024 && this.#from * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#from)
      this.#from = 0
    } else if (this.#from === this.#items.length) this.#items.length = this.#from = 0
    return item
  }
}
