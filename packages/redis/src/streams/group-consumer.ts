import type { Commands } from './commands.ts'
import { type GroupKeys, groupKeys } from './keys.ts'
import { Members } from './members.ts'
import { ShardConsumer, type ShardConsumerParts } from './shard-consumer.ts'
import { shareOut } from './shares.ts'
import { claimShard, foundGroup, type Tenure } from './tenure.ts'

export interface GroupConsumerOptions extends Omit<ShardConsumerParts, 'hasEnded'> {
  readonly commands: Commands
  readonly prefix: string
  readonly group: string
  readonly member: string
  readonly shards: number
  /** How long a lease lasts, in ms. It is renewed three times in this time. */
  readonly lease: number
  /** Where a group begins that is not there yet: with all that is kept, or with what comes. */
  readonly from: 'start' | 'now'
  /** How often to look for news in shards that have none, in ms, while it is not heard of. */
  readonly poll: number
}

/** So much more seldom is looked while news is heard of: it may get lost on the way. */
const SELDOM = 20

/** A shard that is ours. */
interface Owned {
  readonly consumer: ShardConsumer
  /** Goes off when the lease was not renewed in time: then it is not ours, whatever Redis says later. */
  expiry: unknown
  /** Settles when it is somebody else's. */
  leaving: Promise<void> | undefined
}

/** A member of a group: takes its share of the shards, keeps the leases, hands on what others are to have. */
export class GroupConsumer {
  readonly #options: GroupConsumerOptions
  readonly #members: Members
  readonly #keys: readonly GroupKeys[]
  readonly #owned = new Map<number, Owned>()
  /** The names of the logs, by shard. */
  readonly #born = new Map<number, string>()
  #isClosed = false
  #ticker: unknown = undefined
  #poller: unknown = undefined
  #ticking: Promise<void> = Promise.resolve()

  constructor(options: GroupConsumerOptions) {
    const { prefix, group, shards } = options
    this.#options = options
    this.#members = new Members(options)
    this.#keys = Array.from({ length: shards }, (_, shard) => groupKeys(prefix, shard, group))
  }

  /** The shards that are ours. */
  get consumers(): readonly ShardConsumer[] {
    return [...this.#owned.values()].map(({ consumer }) => consumer)
  }

  /** There may be news: in this log, or in any. */
  look(log?: string): void {
    for (const { consumer } of this.#owned.values())
      if (log === undefined || consumer.tenure.keys.log === log) consumer.look()
  }

  /** Makes sure that the group is there, so that nothing is missed from now on, and begins. */
  async open(): Promise<void> {
    const from = this.#options.from === 'now' ? '$' : '0'
    await Promise.all(
      this.#keys.map(async (keys) =>
        this.#born.set(keys.shard, await foundGroup(this.#options.commands, keys, from)),
      ),
    )
    await this.#tick()
    this.#schedule()
    this.#poll()
  }

  /** Hands everything on in order: nothing is read any more, and what was begun ends; at most `patience` ms are waited for it. */
  async close(patience: number): Promise<void> {
    const { clock } = this.#options
    this.#isClosed = true
    clock.clearTimeout(this.#ticker)
    clock.clearTimeout(this.#poller)
    await this.#ticking
    const renewing = this.#keepRenewing()
    await this.#members.leave().catch(() => undefined) // then it is missed after a while
    let timer: unknown
    const deadline = new Promise<void>((resolve) => (timer = clock.setTimeout(resolve, patience)))
    await Promise.race([Promise.all([...this.#owned.values()].map((one) => this.#handOn(one))), deadline])
    clock.clearTimeout(timer)
    renewing()
    for (const one of this.#owned.values()) await this.#giveUp(one)
  }

  #schedule(): void {
    this.#ticker = this.#options.clock.setTimeout(() => {
      this.#ticking = this.#tick().finally(() => !this.#isClosed && this.#schedule())
    }, this.#options.lease / 3)
  }

  #poll(): void {
    const { clock, poll, channel } = this.#options
    const look = (): void => {
      this.look()
      this.#poll()
    }
    this.#poller = clock.setTimeout(look, channel() === undefined ? poll : poll * SELDOM)
  }

  /** Never rejects. */
  async #tick(): Promise<void> {
    try {
      const [members] = await Promise.all([this.#members.attend(), this.#renewAll()])
      if (this.#isClosed) return
      const shares = shareOut(members, this.#options.shards)
      const ours = this.#keys.filter(({ shard }) => shares.get(shard) === this.#options.member)
      for (const [shard, one] of this.#owned)
        if (shares.get(shard) !== this.#options.member) void this.#handOn(one)
      await Promise.all(ours.map((keys) => this.#claim(keys)))
    } catch (error) {
      this.#options.tell({ type: 'failed', error })
    }
  }

  async #renewAll(): Promise<void> {
    await Promise.all([...this.#owned.values()].map((one) => this.#renew(one)))
  }

  /** What can't be renewed expires: false. */
  async #renew(one: Owned): Promise<boolean> {
    const { consumer } = one
    const asked = this.#options.clock.elapsed()
    try {
      const { born, parked } = await consumer.tenure.renew(this.#options.lease)
      this.#extend(one, asked)
      this.#compare(consumer.shard, born)
      consumer.heard(parked)
      return true
    } catch (error) {
      if (!consumer.tenure.isOver) this.#options.tell({ type: 'failed', shard: consumer.shard, error })
      return false
    }
  }

  #extend(one: Owned, asked: number): void {
    const { clock, lease } = this.#options
    clock.clearTimeout(one.expiry)
    if (one.consumer.tenure.isOver) return
    const rest = lease - (clock.elapsed() - asked)
    one.expiry = clock.setTimeout(() => one.consumer.tenure.end('lost'), rest)
  }

  /** Another name: Redis has lost its data, and with them whatever was not handled. */
  #compare(shard: number, born: string): void {
    const known = this.#born.get(shard)
    this.#born.set(shard, born)
    if (known !== undefined && known !== born)
      this.#options.port.gap(`the log of shard ${shard} was lost, and began anew`)
  }

  async #claim(keys: GroupKeys): Promise<void> {
    if (this.#owned.has(keys.shard)) return
    const { commands, member, lease, clock } = this.#options
    const asked = clock.elapsed()
    const tenure = await claimShard(commands, keys, { member, ms: lease, from: '0' })
    if (tenure === undefined) return
    if (this.#isClosed) return tenure.release()
    await this.#begin(tenure, asked)
  }

  async #begin(tenure: Tenure, asked: number): Promise<void> {
    const { shard } = tenure.keys
    const consumer = new ShardConsumer(tenure, { ...this.#options, hasEnded: this.#members.hasEnded })
    const one: Owned = { consumer, expiry: undefined, leaving: undefined }
    this.#owned.set(shard, one)
    tenure.signal.addEventListener('abort', () => this.#ended(one), { once: true })
    this.#options.tell({ type: 'owned', shard, fence: tenure.fence })
    this.#extend(one, asked)
    const isRenewed = await this.#renew(one)
    if (isRenewed) one.consumer.start()
    else await this.#giveUp(one) // what is parked must be known before anything is handled
  }

  #ended(one: Owned): void {
    const { tenure, shard } = one.consumer
    this.#options.clock.clearTimeout(one.expiry)
    if (this.#owned.get(shard) === one) this.#owned.delete(shard)
    const type = tenure.signal.reason === 'released' ? 'released' : 'lost'
    this.#options.tell({ type, shard, fence: tenure.fence })
  }

  /** The lease is kept until everything has ended. */
  #handOn(one: Owned): Promise<void> {
    return (one.leaving ??= one.consumer.drain().then(() => this.#giveUp(one)))
  }

  async #giveUp({ consumer: { tenure } }: Owned): Promise<void> {
    if (tenure.isOver) return
    await tenure.release().catch(() => tenure.end('lost')) // then it expires
  }

  #keepRenewing(): () => void {
    const { clock, lease } = this.#options
    let timer: unknown
    const next = (): void => {
      timer = clock.setTimeout(() => {
        void this.#renewAll()
        next()
      }, lease / 3)
    }
    next()
    return () => clock.clearTimeout(timer)
  }
}
