import { type Clock, consoleLogger, type LinkStatus, systemClock } from '@heliobus/core'
import type { Draft, Entry, History, HistoryWatcher } from '@heliobus/websocket/hub'
import { Connection } from '../connection.ts'
import { Lane } from '../lane.ts'
import { isPassing } from '../streams/commands.ts'
import { checkServer } from '../streams/layout.ts'
import { Follower } from './follower.ts'
import { historyKeys, type HistoryKeys } from './history-keys.ts'
import { type Choices, choicesOf, type RedisHistoryOptions } from './history-options.ts'
import { appendTo, lookAt, type Marked } from './history-scripts.ts'
import { PAGE } from './newest.ts'
import { type Tell, teller } from './teller.ts'
import { WaitingRoom } from './waiting-room.ts'

/** A history that several hubs share. */
export interface RedisHistory extends Required<History> {
  /** After the hub. What has been appended is still brought in, but no longer tried again. Twice is fine. */
  close(): Promise<void>
}

/**
 * A history in Redis, for several hubs behind one address: what enters at one reaches the clients of all, and a client that comes
 * back to another hub goes on where it left off. Each hub serves from memory, and follows what the others append. What Redis has
 * stored counts as accepted, and is in the history once, also when a client sends it again to another hub; an event waits for
 * one round trip. Redis 7.0 or newer.
 *
 * While Redis is away, connected clients stay, and hear nothing; nothing is acknowledged, and after `limits.appendWithin` ms
 * everybody is sent away, to come back. When Redis has lost the history, or its end, clients are told of a gap.
 *
 * Throws `option-invalid`, also for a Redis that is too old; rejects with `redis-unreachable`, and what else Redis says.
 *
 * @example
 * const client = nodeRedis(createClient({ url: 'redis://localhost:6379' }))
 * const hub = createHub({ ...options, history: await openRedisHistory({ client }) })
 */
export async function openRedisHistory(options: RedisHistoryOptions): Promise<RedisHistory> {
  const choices = choicesOf(options)
  const tell = teller(options.logger ?? consoleLogger())
  const history = new SharedHistory({
    ...choices,
    tell,
    clock: options.clock ?? systemClock,
    reading: connectionOf(options, tell),
    writing: connectionOf(options),
  })
  try {
    await history.open()
    return history
  } catch (error) {
    await history.close()
    throw error
  }
}

function connectionOf({ client, limits, clock, random }: RedisHistoryOptions, tell?: Tell): Connection {
  const report = (status: LinkStatus, detail?: unknown): void =>
    status === 'lost' ? tell?.('error', 'Redis is lost', detail) : tell?.('warn', 'Redis is back')
  return new Connection((ended) => client.open(ended), { limits, clock, random, report })
}

interface Parts extends Choices {
  readonly clock: Clock
  readonly tell: Tell
  /** It waits for news, so that nothing else can be asked over it. */
  readonly reading: Connection
  readonly writing: Connection
}

class SharedHistory implements RedisHistory {
  readonly #parts: Parts
  readonly #keys: HistoryKeys
  readonly #lane: Lane<Draft>
  readonly #follower: Follower
  readonly #room: WaitingRoom
  readonly #watchers = new Set<HistoryWatcher>()
  #following: Promise<void> = Promise.resolve()
  #hasForgotten = false

  constructor(parts: Parts) {
    const { namespace, clock, limits, reading } = parts
    this.#parts = parts
    this.#keys = historyKeys(namespace)
    this.#room = new WaitingRoom(clock, limits.catchUpWithin)
    this.#lane = this.#makeLane()
    this.#follower = new Follower({
      ...parts,
      keys: this.#keys,
      commands: reading,
      checkEvery: limits.checkEvery,
      told: {
        more: () => this.#more(),
        behind: (missing) => this.#behind(missing),
        renewed: () => this.#renewed(),
        failed: (error) => parts.tell('error', 'the history could not be read', error),
      },
    })
  }

  async open(): Promise<void> {
    const { reading, writing, tell } = this.#parts
    await Promise.all([reading.open(), writing.open()])
    await checkServer(writing, ({ detail }) => tell('warn', detail))
    await this.#follower.load()
    this.#following = this.#follower.run()
  }

  get epoch(): string {
    return this.#follower.memory.epoch
  }

  get first(): number {
    return this.#follower.memory.first
  }

  get last(): number {
    return this.#follower.memory.last
  }

  at(position: number): Entry | undefined {
    return this.#follower.memory.at(position)
  }

  async append(drafts: readonly Draft[]): Promise<void> {
    const parts: Promise<void>[] = []
    for (let at = 0; at < drafts.length; at += PAGE) parts.push(this.#lane.add(drafts.slice(at, at + PAGE)))
    await Promise.all(parts)
  }

  watch(watcher: HistoryWatcher): () => void {
    this.#watchers.add(watcher)
    return () => void this.#watchers.delete(watcher)
  }

  async catchUp(from: string): Promise<number> {
    const state = await this.#look(from)
    await this.#room.wait(() => this.#follower.has(state))
    return state.mark
  }

  async close(): Promise<void> {
    const { reading, writing } = this.#parts
    this.#follower.close()
    this.#room.close()
    await Promise.all([this.#lane.close(), reading.close()])
    await Promise.all([this.#following, writing.close()])
  }

  async #look(from: string): Promise<Marked> {
    try {
      return await lookAt(this.#parts.writing, this.#keys, from)
    } catch (error) {
      if (!isPassing(error)) this.#parts.tell('error', 'the history could not be asked', error)
      throw error
    }
  }

  /** What is given up takes what waits behind it along: a session has no holes in the history. */
  #makeLane(): Lane<Draft> {
    const { clock, limits, events, writing } = this.#parts
    const writer = `writer:${crypto.randomUUID()}`
    return new Lane({
      clock,
      patience: limits.appendWithin,
      sizeOf: ({ text }) => text.length,
      bring: async (drafts, number) => {
        const call = { writer, number, drafts }
        const forgotten = await appendTo(writing, this.#keys, call, { events, ...limits })
        if (forgotten > 0) this.#tellForgotten()
      },
      failsTogether: true,
    })
  }

  /** Once: from then on it happens all the time. */
  #tellForgotten(): void {
    if (this.#hasForgotten) return
    this.#hasForgotten = true
    const { limits, tell } = this.#parts
    tell(
      'warn',
      `there are more than ${limits.sessions} sessions (limits.sessions): the oldest are forgotten`,
    )
  }

  #more(): void {
    this.#room.call()
    for (const watcher of this.#watchers) watcher.more()
  }

  #behind(missing: number): void {
    this.#parts.tell('error', `${missing} events were gone before they could be read`)
    this.#more()
  }

  #renewed(): void {
    this.#parts.tell('error', 'Redis has lost the history, or its end: clients are told of a gap')
    for (const watcher of this.#watchers) watcher.renewed()
    this.#room.call()
  }
}
