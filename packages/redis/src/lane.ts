import type { Clock } from '@heliobus/core'
import { isPassing } from './streams/commands.ts'

export interface LaneOptions<Item> {
  readonly clock: Clock
  /** How long a call is tried, in ms. */
  readonly patience: number
  /** Characters of an item. */
  readonly sizeOf: (item: Item) => number
  /** Brings items to Redis in one call. `call` counts the calls; a call that is tried again keeps its number. */
  readonly bring: (items: readonly Item[], call: number) => Promise<unknown>
  /** What waits behind a call that fails does so, too: it makes no sense without what came before it. Default false. */
  readonly failsTogether?: boolean
}

/** In one call. */
const MAX_ITEMS = 500
const MAX_CHARACTERS = 1024 * 1024
/** Between two tries, in ms: the first, and the longest. */
const PAUSE = 50
const MAX_PAUSE = 1_000

interface Job<Item> {
  readonly items: readonly Item[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * A way into Redis. One call at a time: only so does a call that has to be repeated not overtake, or get overtaken. Meanwhile
 * the next ones gather, and go together.
 */
export class Lane<Item> {
  readonly #options: LaneOptions<Item>
  #waiting: Job<Item>[] = []
  #working: Promise<void> | undefined = undefined
  #isClosing = false
  #calls = 0

  constructor(options: LaneOptions<Item>) {
    this.#options = options
  }

  /** Resolves when all of them are in, and rejects when they may not be. */
  add(items: readonly Item[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  /** What was added is still brought in, but no longer tried again. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#bring(this.#take())
    this.#working = undefined
  }

  /** As many jobs as fit into one call, and at least one. */
  #take(): readonly Job<Item>[] {
    let count = 0
    let characters = 0
    const tooMany = this.#waiting.findIndex(({ items }, index) => {
      count += items.length
      for (const item of items) characters += this.#options.sizeOf(item)
      return index > 0 && (count > MAX_ITEMS || characters > MAX_CHARACTERS)
    })
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany)
  }

  async #bring(jobs: readonly Job<Item>[]): Promise<void> {
    try {
      await this.#tryUntilDone(jobs.flatMap(({ items }) => items))
      for (const { resolve } of jobs) resolve()
    } catch (error) {
      const behind = this.#options.failsTogether === true ? this.#waiting.splice(0) : []
      for (const { reject } of [...jobs, ...behind]) reject(error)
    }
  }

  async #tryUntilDone(items: readonly Item[]): Promise<void> {
    const { bring, clock, patience } = this.#options
    const call = ++this.#calls
    const end = clock.elapsed() + patience
    for (let pause = PAUSE; ; pause = Math.min(pause * 2, MAX_PAUSE)) {
      try {
        await bring(items, call)
        return
      } catch (error) {
        if (this.#isClosing || !isPassing(error) || clock.elapsed() + pause > end) throw error
      }
      await new Promise<void>((resolve) => clock.setTimeout(resolve, pause))
    }
  }
}
