import type { Clock, Rejection, WireEvent } from '@heliobus/core'
import { Lane } from '../lane.ts'
import { type Addition, appendTo } from './append.ts'
import type { Commands } from './commands.ts'
import { memberOf } from './entry.ts'
import { shardKeys } from './keys.ts'
import { shardOf } from './shard.ts'

export interface PublisherOptions {
  readonly commands: Commands
  readonly clock: Clock
  readonly prefix: string
  readonly shards: number
  /** The link. */
  readonly from: string
  /** How long an id is remembered, in ms. */
  readonly remembered: number
  /** How long to try, in ms. */
  readonly patience: number
}

/** Brings events into the logs of their shards, those of one shard in order. */
export class Publisher {
  readonly #lanes: readonly Lane<Addition>[]
  #isClosed = false

  constructor(options: PublisherOptions) {
    this.#lanes = Array.from({ length: options.shards }, (_, shard) => laneOf(shard, options))
  }

  /** Resolves when all are in Redis, or to those that are not; rejects when none is. */
  async send(events: readonly WireEvent[]): Promise<void | readonly Rejection[]> {
    if (this.#isClosed) throw new Error('the link is closed')
    const outcomes = await Promise.all(this.#sorted(events).map((batch) => this.#sendBatch(batch)))
    const rejections = outcomes.flat()
    if (rejections.length > 0 && rejections.length === events.length) throw new Error(rejections[0]!.reason)
    return rejections.length > 0 ? rejections : undefined
  }

  /** What was sent is still brought in, but no longer tried again. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }

  /** By shard. */
  #sorted(events: readonly WireEvent[]): readonly Batch[] {
    const batches = new Map<Lane<Addition>, Batch>()
    for (const [index, event] of events.entries()) {
      const lane = this.#lanes[shardOf(event, this.#lanes.length)]!
      if (!batches.has(lane)) batches.set(lane, { lane, places: [], additions: [] })
      const { places, additions } = batches.get(lane)!
      places.push(index)
      additions.push(toAddition(event))
    }
    return [...batches.values()]
  }

  async #sendBatch({ lane, places, additions }: Batch): Promise<readonly Rejection[]> {
    try {
      await lane.add(additions)
      return []
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return places.map((index) => ({ index, reason }))
    }
  }
}

interface Batch {
  readonly lane: Lane<Addition>
  readonly places: number[]
  readonly additions: Addition[]
}

/** The way into one log. Whether a call that was cut off has been carried out, the ids tell. */
function laneOf(shard: number, options: PublisherOptions): Lane<Addition> {
  const { commands, clock, prefix, patience } = options
  const keys = shardKeys(prefix, shard)
  return new Lane({
    clock,
    patience,
    sizeOf: ({ body }) => body.length,
    bring: (additions) => appendTo(commands, keys, additions, options),
  })
}

function toAddition(event: WireEvent): Addition {
  const id = memberOf(event, 'id')
  return { id: typeof id === 'string' ? id : crypto.randomUUID(), body: JSON.stringify(event) ?? 'null' }
}
