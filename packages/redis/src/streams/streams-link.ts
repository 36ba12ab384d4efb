import { type Clock, type Link, type Port, type Rejection, systemClock, type WireEvent } from '@heliobus/core'
import { Connection } from '../connection.ts'
import { Ear } from './ear.ts'
import { GroupConsumer } from './group-consumer.ts'
import { wakeChannel } from './keys.ts'
import { agreeOnShards, checkServer } from './layout.ts'
import { OneAtATime } from './one-at-a-time.ts'
import { Publisher } from './publisher.ts'
import type { StreamSignal } from './signal.ts'
import { Sweeper } from './sweeper.ts'
import type { Limits, RedisStreamsOptions } from './streams-options.ts'

export interface StreamsLinkParts extends RedisStreamsOptions {
  readonly namespace: string
  readonly shards: number
  readonly complete: Limits
  readonly tell: (signal: StreamSignal) => void
}

/** One link: it publishes, and is a member of its group, if it has one. */
export class StreamsLink implements Link {
  /** Unique, made anew with every link. */
  readonly member: string = crypto.randomUUID()
  readonly connection: Connection
  readonly #parts: StreamsLinkParts
  readonly #clock: Clock
  readonly #publisher: Publisher
  readonly #consumer: GroupConsumer | undefined
  readonly #sweeper: Sweeper
  readonly #ear: Ear | undefined
  #closed: Promise<void> | undefined = undefined

  constructor(port: Port, parts: StreamsLinkParts) {
    const {
      client,
      limits,
      clock = systemClock,
      random,
      namespace,
      shards,
      complete,
      group,
      consume = true,
    } = parts
    this.#parts = parts
    this.#clock = clock
    this.connection = new Connection((ended) => client.open(ended), {
      limits,
      clock,
      random,
      report: (status, detail) => port.report(status, detail),
    })
    const common = { commands: this.connection, clock, prefix: namespace, shards }
    const { dedup, sendWithin, retention, sweep } = complete
    this.#sweeper = new Sweeper({ ...common, retention, every: sweep, tell: parts.tell })
    this.#publisher = new Publisher({
      ...common,
      from: this.member,
      remembered: dedup,
      patience: sendWithin,
    })
    const isMember = group !== undefined && consume
    this.#consumer = isMember ? this.#consumerOf(port, group) : undefined
    this.#ear = isMember && !client.isCluster ? this.#makeEar() : undefined
  }

  get consumer(): GroupConsumer | undefined {
    return this.#consumer
  }

  async open(): Promise<void> {
    await this.connection.open()
    try {
      await checkServer(this.connection, this.#parts.tell)
      await agreeOnShards(this.connection, this.#parts.namespace, this.#parts.shards)
      await this.#listen()
      await this.#consumer?.open()
      this.#sweeper.start()
    } catch (error) {
      await Promise.all([this.#ear?.close(), this.connection.close()])
      throw error
    }
  }

  send(events: readonly WireEvent[]): Promise<void | readonly Rejection[]> {
    return this.#publisher.send(events)
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#end())
  }

  async #end(): Promise<void> {
    const { closeWithin } = this.#parts.complete
    const consumed = this.#consumer?.close(closeWithin) ?? Promise.resolve()
    await Promise.all([this.#publisher.close(), consumed, this.#sweeper.close()])
    await Promise.all([this.#ear?.close(), this.connection.close()])
  }

  /** Who can't still finds all there is, a little later and at some cost. */
  async #listen(): Promise<void> {
    const detail = 'shards without news are asked for it again and again: the user may not subscribe'
    await this.#ear?.open().catch(() => this.#parts.tell({ type: 'warning', detail }))
  }

  /** In a cluster a channel of many would go to all nodes, and one of a shard would need a connection for each. */
  #makeEar(): Ear {
    const { client, namespace, limits, random } = this.#parts
    const look = (log?: string): void => this.#consumer?.look(log)
    const channel = wakeChannel(namespace, this.member)
    return new Ear({ client, channel, limits, clock: this.#clock, random, heard: look, missed: look })
  }

  #consumerOf(port: Port, group: string): GroupConsumer {
    const { namespace, shards, complete, tell, from = 'start', onFailure = {} } = this.#parts
    const policies = new Map(Object.entries(onFailure))
    return new GroupConsumer({
      commands: this.connection,
      clock: this.#clock,
      prefix: namespace,
      shards,
      group,
      from,
      port,
      tell,
      link: this.member,
      member: this.member,
      lease: complete.lease,
      poll: complete.poll,
      suspects: new OneAtATime(),
      channel: () => this.#ear?.channel,
      maxDeliveries: complete.deliveries,
      window: { entries: complete.window, characters: complete.windowCharacters },
      policyOf: (type) => policies.get(type) ?? 'skip',
    })
  }
}
