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

/** The members of a group that live: each says so again and again. */
export class Members {
  readonly #commands: Commands
  readonly #key: string
  readonly #member: string

  constructor(commands: Commands, prefix: string, group: string, member: string) {
    this.#commands = commands
    this.#key = membersKey(prefix, group)
    this.#member = member
  }

  /** Says that this one lives for at least so many ms, and resolves to all. */
  async attend(ms: number): Promise<readonly string[]> {
    return listOf(await run(this.#commands, attend, [this.#key], [this.#member, ms])).map(textOf)
  }

  async leave(): Promise<void> {
    await this.#commands.send(['ZREM', this.#key, this.#member], { key: this.#key })
  }
}
