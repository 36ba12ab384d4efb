import type { EventLog } from '@heliobus/core'
import type { Tally, TallyQuery } from './tally.ts'

/** A log in a database that counts by itself. */
export interface SqlLog extends EventLog {
  /**
   * How many events of each type there are, and how fast they came: what dashboards show. By start, then by type; a stretch
   * without events of a type is left out. The database counts, in one statement over an index of types and times.
   *
   * Rejects with `option-invalid` (also for more than 10,000 tallies), `pattern-invalid`, and what `read` throws.
   *
   * @example
   * const lastHour = await log.tally({ pattern: 'order.**', from: Date.now() - 3_600_000, every: 60_000 })
   */
  tally(query?: TallyQuery): Promise<readonly Tally[]>
}
