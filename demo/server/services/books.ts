import type { ShardStatus } from '@heliobus/redis'
import type { LedgerFacts } from '../../src/station/service-facts.ts'
import { Ids } from './ids.ts'

/** Ids that are known again: an event that is handled a second time after so many others counts as a new one. */
const KNOWN = 100_000

/** Counts ids, each once, and how often one came again. */
export class Tally {
  readonly #ids = new Ids(KNOWN)
  #once = 0
  #again = 0

  add(ids: Iterable<string>): void {
    for (const id of ids)
      if (this.#ids.add(id)) this.#once++
      else this.#again++
  }

  get once(): number {
    return this.#once
  }

  get again(): number {
    return this.#again
  }
}

/** What one group has told. */
export interface Told {
  readonly handled: Tally
  readonly discarded: number
}

/** What became of all that is in Redis for a group: told by those who did it, and by Redis; nothing of it is reckoned. */
export function ledgerOf(
  accepted: Tally,
  { handled, discarded }: Told,
  group: readonly ShardStatus[],
): LedgerFacts {
  return {
    accepted: accepted.once,
    handled: handled.once,
    dead: sum(group, ({ deadLetters }) => deadLetters),
    discarded,
    open: sum(group, ({ pending, lag = 0 }) => pending + lag),
    duplicates: handled.again,
  }
}

function sum(group: readonly ShardStatus[], of: (shard: ShardStatus) => number): number {
  return group.reduce((total, shard) => total + of(shard), 0)
}
