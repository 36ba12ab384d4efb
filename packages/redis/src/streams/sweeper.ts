import type { Clock } from '@heliobus/core'
import { type Commands, isPassing } from './commands.ts'
import { type ShardKeys, shardKeys } from './keys.ts'
import type { StreamSignal } from './signal.ts'
import { sweep, type SweptGroup } from './sweep.ts'

export interface SweeperOptions {
  readonly commands: Commands
  readonly clock: Clock
  readonly prefix: string
  readonly shards: number
  /** How long events are kept, in ms. */
  readonly retention: number
  /** In ms. */
  readonly every: number
  readonly tell: (signal: StreamSignal) => void
}

/** Of the time that events are kept: from here on it is told that a group is late. */
const LEVELS = [0.8, 0.5]

/** Sees to it that events are kept as long as they should be, and not longer: each link does, and mostly finds it done. */
export class Sweeper {
  readonly #options: SweeperOptions
  readonly #keys: readonly ShardKeys[]
  /** What was told last, by shard and group. */
  readonly #told = new Map<string, number>()
  #timer: unknown = undefined
  #isClosed = false
  #sweeping: Promise<void> = Promise.resolve()

  constructor(options: SweeperOptions) {
    this.#options = options
    this.#keys = Array.from({ length: options.shards }, (_, shard) => shardKeys(options.prefix, shard))
  }

  start(): void {
    this.#sweeping = this.#sweepAll().finally(() => {
      if (!this.#isClosed)
        this.#timer = this.#options.clock.setTimeout(() => this.start(), this.#options.every)
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#options.clock.clearTimeout(this.#timer)
    await this.#sweeping
  }

  async #sweepAll(): Promise<void> {
    for (const keys of this.#keys) {
      if (this.#isClosed) return
      await this.#sweepOne(keys).catch((error: unknown) => {
        if (!isPassing(error)) this.#options.tell({ type: 'failed', shard: keys.shard, error })
      })
    }
  }

  async #sweepOne(keys: ShardKeys): Promise<void> {
    const { commands, retention, every } = this.#options
    for (let isFirst = true; !this.#isClosed; isFirst = false) {
      const swept = await sweep(commands, keys, { retention, every, isFirst })
      for (const one of swept?.groups ?? []) this.#tell(keys.shard, one)
      if (swept?.isDone !== false) return
    }
  }

  #tell(shard: number, { group, share, expired }: SweptGroup): void {
    const { tell } = this.#options
    if (expired > 0) tell({ type: 'expired', shard, group, count: expired })
    const level = LEVELS.find((one) => share >= one) ?? 0
    const before = this.#told.get(`${shard} ${group}`) ?? 0
    this.#told.set(`${shard} ${group}`, level)
    if (level > before) tell({ type: 'retention-at-risk', shard, group, share })
  }
}
