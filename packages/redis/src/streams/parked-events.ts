import type { Commands } from './commands.ts'
import { groupKeys, type GroupKeys } from './keys.ts'
import type { StreamLetter } from './letter.ts'
import { RELEASED, SKIPPED } from './parked-keys.ts'
import { fieldsOf, numberOf, textOf } from './replies.ts'
import { run, script } from './script.ts'
import { hashOf } from './shard.ts'

/** A key whose events are kept back. */
export interface ParkedKey {
  readonly key: string
  /** How many wait, the one that failed included. */
  readonly events: number
  /** What blocked it; absent when it is released, and its owner is at it. */
  readonly letter?: StreamLetter
}

/** The keys that a group keeps back, by `block-key`. Needs an open bridge. */
export interface ParkedEvents {
  list(): Promise<readonly ParkedKey[]>
  /**
   * Lets a key go on: its owner takes what waits, in order, from the event that failed on, within a third of a lease. With
   * `skipFirst` that one becomes a dead letter. Resolves to false for a key that is not blocked.
   */
  release(key: string, options?: { readonly skipFirst?: boolean }): Promise<boolean>
}

/** KEYS: parked. ARGV: key, what to put before what blocked it, or instead. */
const goOn = script(`
local why = redis.call('HGET', KEYS[1], ARGV[1])
if not why then return 0 end
if string.sub(why, 1, 1) ~= '{' then return 1 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] == '${SKIPPED}' and ARGV[2] .. why or ARGV[2])
return 1
`)

export interface ParkedPlaceParts {
  readonly commands: () => Commands
  readonly namespace: string
  readonly group: string
  readonly shards: number
}

export class ParkedPlace implements ParkedEvents {
  readonly #commands: () => Commands
  readonly #keys: readonly GroupKeys[]

  constructor({ commands, namespace, group, shards }: ParkedPlaceParts) {
    this.#commands = commands
    this.#keys = Array.from({ length: shards }, (_, shard) => groupKeys(namespace, shard, group))
  }

  async list(): Promise<readonly ParkedKey[]> {
    return (await Promise.all(this.#keys.map((keys) => this.#listOne(keys)))).flat()
  }

  async release(key: string, { skipFirst = false }: { readonly skipFirst?: boolean } = {}): Promise<boolean> {
    const { parked } = this.#keys[hashOf(key) % this.#keys.length]!
    return (await run(this.#commands(), goOn, [parked], [key, skipFirst ? SKIPPED : RELEASED])) === 1
  }

  async #listOne({ parked, parkedOf }: GroupKeys): Promise<readonly ParkedKey[]> {
    const states = fieldsOf(await this.#commands().send(['HGETALL', parked], { key: parked }))
    return Promise.all(
      [...states].map(async ([key, state]) => {
        const events = numberOf(await this.#commands().send(['LLEN', parkedOf(key)], { key: parked }))
        return { key, events, ...letterIn(textOf(state)) }
      }),
    )
  }
}

function letterIn(state: string): { readonly letter?: StreamLetter } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the owner alone
  return state.startsWith('{') ? { letter: JSON.parse(state) as StreamLetter } : {}
}
