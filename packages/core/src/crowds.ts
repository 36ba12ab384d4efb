import type { HandlerSubscription } from './subscription.ts'

const MANY = 100

/** Counts subscriptions that look the same: a hundred of one handler under one pattern are hardly meant. */
export class Crowds {
  readonly #sizes = new Map<string, number>()

  /** Returns how many there are, when that is worth a word: at 100, 200, 400, and so on. */
  join(subscription: HandlerSubscription): number | undefined {
    const crowd = crowdOf(subscription)
    const size = (this.#sizes.get(crowd) ?? 0) + 1
    this.#sizes.set(crowd, size)
    return size >= MANY && Number.isInteger(Math.log2(size / MANY)) ? size : undefined
  }

  leave(subscription: HandlerSubscription): void {
    const crowd = crowdOf(subscription)
    const size = (this.#sizes.get(crowd) ?? 1) - 1
    if (size > 0) this.#sizes.set(crowd, size)
    else this.#sizes.delete(crowd)
  }
}

function crowdOf({ name, patterns, origin }: HandlerSubscription): string {
  return JSON.stringify([origin.source, name, patterns])
}
