import type { Clock } from '@heliobus/core'
import type { Commands } from './commands.ts'
import { membersKey } from './keys.ts'
import { listOf, textOf } from './replies.ts'
import { run, script } from './script.ts'

/** KEYS: members. ARGV: member, ms. Who has not been heard of for so long is dead. */
const attend = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. now)
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 10)
return redis.call('ZRANGE', KEYS[1], 0, -1)
`)

export interface MembersOptions {
  readonly commands: Commands
  readonly clock: Clock
  readonly prefix: string
  readonly group: string
  readonly member: string
  /** For how long a member lives when it says so, in ms. It says so three times in this time. */
  readonly lease: number
}

/** So often a member is looked for, this share of a lease apart: who lives has said so in between. */
const LOOKS = 3
const APART = 0.6

/** The members of a group that live: each says so again and again. */
export class Members {
  readonly #options: MembersOptions
  readonly #key: string
  #lastEnded: string | undefined = undefined

  constructor(options: MembersOptions) {
    this.#options = options
    this.#key = membersKey(options.prefix, options.group)
  }

  /** Says that this one lives for a lease, and resolves to all. */
  async attend(): Promise<readonly string[]> {
    const { commands, member, lease } = this.#options
    return listOf(await run(commands, attend, [this.#key], [member, lease])).map(textOf)
  }

  /**
   * Whether a member has ended. After Redis stood still nobody seems to live for a moment, so it takes a while: up to two
   * leases. False when `isNeeded` says that it doesn't matter any more.
   */
  readonly hasEnded = async (member: string, isNeeded: () => boolean): Promise<boolean> => {
    const { clock, lease } = this.#options
    for (let look = 0; look < LOOKS && member !== this.#lastEnded; look++) {
      await new Promise<void>((resolve) => clock.setTimeout(resolve, lease * APART))
      if (!isNeeded() || (await this.attend()).includes(member)) return false
    }
    this.#lastEnded = member
    return true
  }

  async leave(): Promise<void> {
    const { commands, member } = this.#options
    await commands.send(['ZREM', this.#key, member], { key: this.#key })
  }
}
