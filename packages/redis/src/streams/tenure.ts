import { setMaxListeners } from 'node:events'
import type { Commands } from './commands.ts'
import { type Entry, type PendingEntry, toEntry, toPending } from './entry.ts'
import type { GroupKeys } from './keys.ts'
import { fieldsOf, listOf, numberOf, textOf } from './replies.ts'
import { run, type Script } from './script.ts'
import * as scripts from './tenure-scripts.ts'

/** Why a tenure ended. */
export type TenureEnd = 'released' | 'lost'

/** How much may be read at once. */
export interface Room {
  readonly entries: number
  readonly characters: number
}

/** What is new in a log. */
export interface Reading {
  readonly entries: readonly Entry[]
  /** There is no more for now. */
  readonly isOver: boolean
}

/**
 * The time for which a member owns a shard. Whatever it asks of Redis proves the lease first: when that is lost, nothing
 * was read or changed, the tenure is over, and the call rejects.
 */
export class Tenure {
  readonly keys: GroupKeys
  readonly member: string
  /** Larger than that of every tenure before. */
  readonly fence: number
  readonly #commands: Commands
  readonly #owner: string
  readonly #controller = new AbortController()

  constructor(commands: Commands, keys: GroupKeys, member: string, fence: number) {
    this.#commands = commands
    this.keys = keys
    this.member = member
    this.fence = fence
    this.#owner = `${member}:${fence}`
    setMaxListeners(0, this.signal) // each subscription listens
  }

  /** Aborted when it is over. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get isOver(): boolean {
    return this.#controller.signal.aborted
  }

  end(reason: TenureEnd): void {
    if (!this.isOver) this.#controller.abort(reason)
  }

  /** `channel`: where to tell of news when there is no more to read. */
  async read({ entries, characters }: Room, channel: string | undefined): Promise<Reading> {
    const { lease, log, idle, group } = this.keys
    const values = [group, entries, characters, channel ?? '']
    const [isOver, read] = listOf(await this.#run(scripts.read, [lease, log, idle], values))
    return { isOver: isOver === 1, entries: listOf(read).map(toEntry) }
  }

  /** What was read and not acknowledged, after an id. */
  async pending(after: string | undefined, { entries, characters }: Room): Promise<readonly PendingEntry[]> {
    const { lease, log, group } = this.keys
    const from = after === undefined ? '-' : `(${after}`
    const reply = await this.#run(scripts.pending, [lease, log], [group, from, entries, characters])
    return listOf(reply).map(toPending)
  }

  /** Notes that a pending entry is handed out for the so-manieth time, and by whom. */
  async handOut(id: string, deliveries: number): Promise<void> {
    const { lease, log, group } = this.keys
    await this.#run(scripts.handOut, [lease, log], [group, id, deliveries, this.member])
  }

  async acknowledge(ids: readonly string[]): Promise<void> {
    const { lease, log, group } = this.keys
    await this.#run(scripts.acknowledge, [lease, log], [group, ...ids])
  }

  /** Adds dead letters, and acknowledges the entry that they are about. */
  async bury(id: string, letters: readonly string[]): Promise<void> {
    const { lease, log, dead, group } = this.keys
    await this.#run(scripts.bury, [lease, log, dead], [group, id, ...letters])
  }

  /** Puts an entry behind those of its key that are parked. False: the key is not blocked, and no `why` was given. */
  async park(id: string, key: string, entry: string, why: string): Promise<boolean> {
    const { lease, log, parked, parkedOf, group } = this.keys
    const keys = [lease, log, parked, parkedOf(key)]
    return (await this.#run(scripts.park, keys, [group, id, key, entry, why])) === 1
  }

  /** What was released is blocked again. */
  async block(key: string, why: string): Promise<void> {
    const { lease, parked } = this.keys
    await this.#run(scripts.block, [lease, parked], [key, why])
  }

  async parkedFirst(key: string): Promise<string | undefined> {
    const { lease, parkedOf } = this.keys
    const [first] = listOf(await this.#run(scripts.parkedFirst, [lease, parkedOf(key)], []))
    return first === undefined ? undefined : textOf(first)
  }

  /** Removes the first parked entry of a key, for dead letters if there are some. Resolves to how many are left. */
  async unpark(key: string, letters: readonly string[]): Promise<number> {
    const { lease, parked, parkedOf, dead } = this.keys
    const reply = await this.#run(scripts.unpark, [lease, parked, parkedOf(key), dead], [key, ...letters])
    return numberOf(reply)
  }

  /** For so many ms from now. */
  async renew(ms: number): Promise<{ readonly born: string; readonly parked: ReadonlyMap<string, unknown> }> {
    const { lease, born, parked } = this.keys
    const [name, fields] = listOf(await this.#run(scripts.renew, [lease, born, parked], [ms]))
    return { born: textOf(name), parked: fieldsOf(fields) }
  }

  async release(): Promise<void> {
    await this.#run(scripts.release, [this.keys.lease], [])
    this.end('released')
  }

  async #run(
    script: Script,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<unknown> {
    if (this.isOver) throw this.#error()
    const reply = await run(this.#commands, script, keys, [this.#owner, ...values])
    if (reply !== null) return reply
    this.end('lost')
    throw this.#error()
  }

  #error(): Error {
    return new Error(`${this.member} does not own shard ${this.keys.shard} any more`)
  }
}

/** Takes a shard that nobody owns; `undefined` while somebody does. */
export async function claimShard(
  commands: Commands,
  keys: GroupKeys,
  { member, ms, from }: { readonly member: string; readonly ms: number; readonly from: string },
): Promise<Tenure | undefined> {
  const { lease, fence, log, born, group } = keys
  const values = [member, ms, group, from, crypto.randomUUID()]
  const reply = await run(commands, scripts.claim, [lease, fence, log, born], values)
  return reply === null ? undefined : new Tenure(commands, keys, member, numberOf(reply))
}

/** Makes sure that a shard has the group; resolves to the log's name. */
export async function foundGroup(commands: Commands, keys: GroupKeys, from: string): Promise<string> {
  const reply = await run(
    commands,
    scripts.found,
    [keys.log, keys.born],
    [keys.group, from, crypto.randomUUID()],
  )
  return textOf(reply)
}
