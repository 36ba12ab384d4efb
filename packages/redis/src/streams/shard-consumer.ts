import { Bell } from './bell.ts'
import type { Entry, PendingEntry } from './entry.ts'
import { Handling, type HandlingParts } from './handling.ts'
import type { OneAtATime } from './one-at-a-time.ts'
import type { OwnedShard } from './status.ts'
import type { Tenure } from './tenure.ts'
import { CONSUMER } from './tenure-scripts.ts'

export interface ShardConsumerParts extends Omit<HandlingParts, 'left'> {
  /** What was begun so often, and whose process has ended, is buried. */
  readonly maxDeliveries: number
  /** Of all shards of this process: whatever crashes it, takes only one with it. */
  readonly suspects: OneAtATime
  /** Whether a member of the group has ended; takes a while. */
  readonly hasEnded: (member: string, isNeeded: () => boolean) => Promise<boolean>
  /** Where this process hears of news, if it does. */
  readonly channel: () => string | undefined
}

/** Read at once: more costs memory while it waits to be handled, and holds up what other shards have read. */
const BATCH = 128

/** What was left pending, because its handler ended, comes again after so many ms. */
const LEFT = 1_000

/** The owner of a shard at work: first it takes what is pending from before, then what is new. */
export class ShardConsumer {
  readonly tenure: Tenure
  readonly #parts: ShardConsumerParts
  readonly #handling: Handling
  readonly #news = new Bell()
  #mustRecover = true
  #isStopping = false
  #running: Promise<void> = Promise.resolve()

  constructor(tenure: Tenure, parts: ShardConsumerParts) {
    this.tenure = tenure
    this.#parts = parts
    this.#handling = new Handling(tenure, { ...parts, left: () => this.#leftOne() })
    tenure.signal.addEventListener('abort', () => this.look(), { once: true })
  }

  get shard(): number {
    return this.tenure.keys.shard
  }

  get status(): OwnedShard {
    const { tenure, shard, isHalted } = this
    return { shard, fence: tenure.fence, inFlight: this.#handling.hold.size, isHalted }
  }

  get isHalted(): boolean {
    return this.#handling.isHalted
  }

  start(): void {
    this.#running = this.#run()
  }

  /** There may be something to do. */
  look(): void {
    this.#news.ring()
    this.#handling.hold.bell.ring()
  }

  /** The keys that are blocked, as Redis has them. */
  heard(parked: ReadonlyMap<string, unknown>): void {
    this.#handling.heard(parked)
  }

  /** Reads no further; resolves when what was begun has ended, and is acknowledged. */
  async drain(): Promise<void> {
    this.#isStopping = true
    this.look()
    await this.#running
    await this.#handling.idle()
  }

  get #isActive(): boolean {
    return !this.#isStopping && !this.isHalted && !this.tenure.isOver
  }

  async #run(): Promise<void> {
    while (this.#isActive)
      try {
        await this.#step()
      } catch (error) {
        this.#mustRecover = true // what Redis has answered may be lost on the way
        await this.#handling.persistence.rest(error)
      }
  }

  async #step(): Promise<void> {
    const { hold } = this.#handling
    if (this.#mustRecover) return this.#recover()
    if (hold.isFull) return hold.bell.heard()
    const { entries: room, characters } = hold.room
    const some = { entries: Math.min(room, BATCH), characters }
    const { entries, isOver } = await this.tenure.read(some, this.#parts.channel())
    for (const entry of entries) void this.#handling.take(entry, 1)
    if (isOver) await this.#news.heard()
  }

  /** What is pending, in order, except what is at work here. */
  async #recover(): Promise<void> {
    const { hold } = this.#handling
    this.#mustRecover = false
    let after: string | undefined
    while (this.#isActive) {
      while (this.#isActive && hold.isFull) await hold.bell.heard()
      const page = await this.tenure.pending(after, hold.room)
      if (page.length === 0) return
      after = page.at(-1)!.id
      await this.#takeAgain(page.filter(({ id }) => !hold.has(id)))
    }
  }

  /** What was begun twice and never ended may crash us, too: it is taken alone, so that none but the culprit is counted. */
  async #takeAgain(page: readonly PendingEntry[]): Promise<void> {
    const { shard } = this
    if (page.length > 0) this.#parts.tell({ type: 'redelivered', shard, count: page.length })
    for (const pending of page) {
      const { id, entry, deliveries } = pending
      if (!this.#isActive) return
      if (entry === undefined) await this.#missed(id)
      else if (await this.#hasCrashed(pending)) await this.#handling.crashed(entry, deliveries)
      else if (deliveries > 1) await this.#takeAlone(entry, deliveries + 1)
      else void this.#handling.take(entry, deliveries + 1)
    }
  }

  /** Who only lost the shard, because Redis stood still for a while, has not crashed. */
  async #hasCrashed({ deliveries, beginner }: PendingEntry): Promise<boolean> {
    if (deliveries < this.#parts.maxDeliveries) return false
    const hasEnded = beginner === CONSUMER || (await this.#parts.hasEnded(beginner, () => this.#isActive))
    return hasEnded && this.#isActive
  }

  #takeAlone(entry: Entry, deliveries: number): Promise<void> {
    return this.#parts.suspects.run(async () => {
      await this.#handling.idle()
      if (!this.#isActive) return
      await this.#handling.take(entry, deliveries)
      await this.#handling.idle()
    })
  }

  /** It was removed from the log before anybody could handle it. */
  async #missed(id: string): Promise<void> {
    await this.tenure.acknowledge([id])
    this.#parts.port.gap(`${this.tenure.keys.log} lost ${id} before it was handled`, 1)
  }

  #leftOne(): void {
    this.look()
    if (!this.#isActive) return
    this.#parts.clock.setTimeout(() => {
      this.#mustRecover = true
      this.look()
    }, LEFT)
  }
}
