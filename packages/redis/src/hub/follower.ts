import type { Clock } from '@heliobus/core'
import { createMemoryHistory, type History } from '@heliobus/websocket/hub'
import type { RedisReply } from '../client.ts'
import { type Commands, isPassing } from '../streams/commands.ts'
import { readEntries, type StreamEntry } from './history-entry.ts'
import type { HistoryKeys } from './history-keys.ts'
import { lookAt, type State } from './history-scripts.ts'
import { idOf, isNext, type Newest, newest, type NewestOptions, PAGE } from './newest.ts'

export interface FollowerOptions extends NewestOptions {
  readonly commands: Commands
  readonly keys: HistoryKeys
  readonly clock: Clock
  /** How long Redis may wait for news, in ms. */
  readonly checkEvery: number
  readonly told: Told
}

/** What happens to what is kept in memory. */
interface Told {
  /** There is more of it. */
  readonly more: () => void
  /** There is more of it, but some that was never read is not in Redis any more. */
  readonly behind: (missing: number) => void
  /** It is another one: Redis has lost the one before, or its end. */
  readonly renewed: () => void
  /** Reading failed, and is tried again. */
  readonly failed: (error: unknown) => void
}

/** Between two tries, in ms. */
const PAUSE = 100

/** Before the first entry. */
const START = { position: 0, stamp: '' }

/**
 * The newest entries in memory, and what comes after them, as it comes. Each entry names the one before it, so nothing is read
 * on from an entry that Redis has lost since.
 */
export class Follower {
  readonly #options: FollowerOptions
  #memory: History = createMemoryHistory()
  #last: Pick<StreamEntry, 'position' | 'stamp'> = START
  #isClosed = false

  constructor(options: FollowerOptions) {
    this.#options = options
  }

  get memory(): Omit<History, 'append'> {
    return this.#memory
  }

  /** Whether everything is in memory that was in Redis. */
  has({ epoch, last }: State): boolean {
    return epoch === this.#memory.epoch && last <= this.#memory.last
  }

  /** Reads the newest entries. */
  async load(): Promise<void> {
    this.#keep(await this.#newest())
  }

  /** Goes on reading until it is closed. */
  async run(): Promise<void> {
    while (!this.#isClosed)
      try {
        await this.#readOn()
      } catch (error) {
        await this.#rest(error)
      }
  }

  close(): void {
    this.#isClosed = true
  }

  async #readOn(): Promise<void> {
    const entries = readEntries(await this.#wait())
    if (this.#isClosed) return
    if (entries.length > 0) await this.#take(entries)
    else if (!(await this.#isCurrent())) await this.#loadAnew()
  }

  #wait(): Promise<RedisReply> {
    const { commands, keys, checkEvery } = this.#options
    const how = ['COUNT', String(PAGE), 'BLOCK', String(checkEvery)]
    const command = ['XREAD', ...how, 'STREAMS', keys.log, idOf(this.#last)] as const
    return commands.send(command, { key: keys.log, wait: checkEvery })
  }

  async #take(entries: readonly StreamEntry[]): Promise<void> {
    let before = this.#last
    for (const entry of entries) {
      if (!isNext(before, entry)) return this.#loadAnew()
      before = entry
    }
    void this.#memory.append(entries)
    this.#last = before
    this.#options.told.more()
  }

  /** Whether what was read last is still there, when nothing comes after it. */
  async #isCurrent(): Promise<boolean> {
    const { epoch, last, stamp } = await lookAt(this.#options.commands, this.#options.keys)
    const { position, stamp: own } = this.#last
    return epoch === this.#memory.epoch && (last > position || (last === position && stamp === own))
  }

  /** What was read last is not followed by what comes now. */
  async #loadAnew(): Promise<void> {
    const { told } = this.#options
    const found = await this.#newest()
    const { epoch } = this.#memory
    const { position, stamp } = this.#last
    this.#keep(found) // and it is told at once: nobody may read on in between
    const missing = this.#memory.first - 1 - position
    const isSame = this.#memory.epoch === epoch
    if (isSame && missing > 0) told.behind(missing)
    else if (isSame && this.#memory.at(position)?.stamp === stamp) told.more()
    else told.renewed()
  }

  #newest(): Promise<Newest> {
    const { commands, keys } = this.#options
    return newest(commands, keys, this.#options)
  }

  #keep({ epoch, entries }: Newest): void {
    const { events, characters } = this.#options
    this.#memory = createMemoryHistory({ events, characters, epoch, entries })
    this.#last = entries.at(-1) ?? START
  }

  async #rest(error: unknown): Promise<void> {
    if (this.#isClosed) return
    if (!isPassing(error)) this.#options.told.failed(error)
    await new Promise<void>((resolve) => this.#options.clock.setTimeout(resolve, PAUSE))
  }
}
