import type { Clock, Rejection, WireEvent } from '@heliobus/core'
import { type Addition, appendTo } from './append.ts'
import { type Commands, isPassing } from './commands.ts'
import { memberOf } from './entry.ts'
import { shardKeys, type ShardKeys } from './keys.ts'
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
  readonly #lanes: readonly Lane[]
  #isClosed = false

  constructor(options: PublisherOptions) {
    this.#lanes = Array.from(
      { length: options.shards },
      (_, shard) => new Lane(shardKeys(options.prefix, shard), options),
    )
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
    const batches = new Map<Lane, Batch>()
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
  readonly lane: Lane
  readonly places: number[]
  readonly additions: Addition[]
}

function toAddition(event: WireEvent): Addition {
  const id = memberOf(event, 'id')
  return { id: typeof id === 'string' ? id : crypto.randomUUID(), body: JSON.stringify(event) ?? 'null' }
}

/** In one call. */
const MAX_EVENTS = 500
const MAX_CHARACTERS = 1024 * 1024
/** Between two tries, in ms: the first, and the longest. */
const PAUSE = 50
const MAX_PAUSE = 1_000

interface Job {
  readonly additions: readonly Addition[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * The way into one log. One call at a time: only so does a call that has to be repeated not overtake, or get overtaken.
 * Meanwhile the next ones gather, and go together.
 */
class Lane {
  readonly #keys: ShardKeys
  readonly #options: PublisherOptions
  #waiting: Job[] = []
  #working: Promise<void> | undefined = undefined
  #isClosing = false

  constructor(keys: ShardKeys, options: PublisherOptions) {
    this.#keys = keys
    this.#options = options
  }

  add(additions: readonly Addition[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ additions, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.#working
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) await this.#append(this.#take())
    this.#working = undefined
  }

  /** As many jobs as fit into one call, and at least one. */
  #take(): readonly Job[] {
    let events = 0
    let characters = 0
    const tooMany = this.#waiting.findIndex(({ additions }, index) => {
      events += additions.length
      for (const { body } of additions) characters += body.length
      return index > 0 && (events > MAX_EVENTS || characters > MAX_CHARACTERS)
    })
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany)
  }

  async #append(jobs: readonly Job[]): Promise<void> {
    try {
      await this.#tryUntilDone(jobs.flatMap(({ additions }) => additions))
      for (const { resolve } of jobs) resolve()
    } catch (error) {
      for (const { reject } of jobs) reject(error)
    }
  }

  /** Whether a call that was cut off has been carried out, the ids tell. */
  async #tryUntilDone(additions: readonly Addition[]): Promise<void> {
    const { commands, clock, patience } = this.#options
    const end = clock.elapsed() + patience
    for (let pause = PAUSE; ; pause = Math.min(pause * 2, MAX_PAUSE)) {
      try {
        await appendTo(commands, this.#keys, additions, this.#options)
        return
      } catch (error) {
        if (this.#isClosing || !isPassing(error) || clock.elapsed() + pause > end) throw error
      }
      await new Promise<void>((resolve) => clock.setTimeout(resolve, pause))
    }
  }
}
