import { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { EventLog, LogEntry, LogQuery } from './event-log.ts'
import { checkQuery, refuseGap, wanting } from './log-query.ts'
import { fromRecord, type LogRecord, toRecord } from './log-record.ts'
import { checkOption, isCount } from './option.ts'

/** A log in memory. */
export interface MemoryLog extends EventLog {
  /** Entries that newer ones have pushed out. */
  readonly dropped: number
}

export interface MemoryLogOptions {
  /** How many entries are kept; one more pushes out the oldest, and who reads from there is told of a gap. Default 10,000. */
  readonly capacity?: number
  /** What errors call it. Default `memory`. */
  readonly name?: string
}

/**
 * The reference log: keeps the newest events in memory, as the text that a database would keep, so nothing is shared. For
 * tests, and where the past need not outlive the process. Throws `option-invalid`.
 *
 * @example
 * const log = createMemoryLog()
 * record(bus, log)
 */
export function createMemoryLog({ capacity = 10_000, name = 'memory' }: MemoryLogOptions = {}): MemoryLog {
  checkOption('capacity', capacity, isCount, 'must be a whole number above 0')
  return new Memory(capacity, name)
}

interface Entry {
  readonly position: number
  readonly record: LogRecord
}

class Memory implements MemoryLog {
  readonly #capacity: number
  readonly #name: string
  /** Lowest position first. */
  #entries: Entry[] = []
  readonly #ids = new Set<string>()
  #removed = 0
  #last = 0
  #isClosed = false
  dropped = 0

  constructor(capacity: number, name: string) {
    this.#capacity = capacity
    this.#name = name
  }

  async append(events: readonly BusEvent[]): Promise<void> {
    this.#refuseIfClosed()
    for (const record of events.map(toRecord)) this.#add(record)
    this.dropped += this.#keep(this.#capacity)
  }

  async *read(query: LogQuery = {}): AsyncGenerator<LogEntry> {
    for (const { position, record } of this.#select(query)) {
      yield { position, event: fromRecord(record) }
      this.#refuseIfClosed()
    }
  }

  async count(query: LogQuery = {}): Promise<number> {
    let count = 0
    for (const _ of this.#select(query)) count++
    return count
  }

  async prune(before: number, keep: number = Number.POSITIVE_INFINITY): Promise<number> {
    this.#refuseIfClosed()
    const stays = ({ record }: Entry): boolean => record.time >= before
    const gone = this.#entries.filter((entry) => !stays(entry))
    this.#entries = this.#entries.filter(stays)
    this.#forget(gone)
    return gone.length + this.#keep(keep)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#entries = []
    this.#ids.clear()
  }

  #add(record: LogRecord): void {
    if (this.#ids.has(record.id)) return
    this.#ids.add(record.id)
    this.#entries.push({ position: ++this.#last, record })
  }

  /** Removes the oldest but so many; answers with how many went. */
  #keep(count: number): number {
    const tooMany = Math.max(0, this.#entries.length - count)
    if (tooMany === 0) return 0
    this.#forget(this.#entries.slice(0, tooMany))
    this.#entries = this.#entries.slice(tooMany)
    return tooMany
  }

  #forget(entries: readonly Entry[]): void {
    for (const { position, record } of entries) {
      this.#ids.delete(record.id)
      this.#removed = Math.max(this.#removed, position)
    }
  }

  *#select(query: LogQuery): Generator<Entry> {
    this.#refuseIfClosed()
    checkQuery(query)
    refuseGap(query, { removed: this.#removed, last: this.#last })
    const isWanted = wanting(query)
    const { limit = Number.POSITIVE_INFINITY } = query
    let found = 0
    for (const entry of this.#inOrder(query)) {
      if (found >= limit) return
      if (!isWanted(entry.record)) continue
      found++
      yield entry
    }
  }

  /** What there is now: entries are only ever added to this list, and a new one is made when some go. */
  *#inOrder({ after, direction }: LogQuery): Generator<Entry> {
    const entries = this.#entries
    if (direction === 'backward') {
      const end = after === undefined ? entries.length : placeOf(after, entries)
      for (let place = end - 1; place >= 0; place--) yield entries[place]!
      return
    }
    const { length } = entries
    for (let place = placeOf((after ?? 0) + 1, entries); place < length; place++) yield entries[place]!
  }

  #refuseIfClosed(): void {
    if (this.#isClosed) throw new BusError('log-closed', { log: this.#name })
  }
}

/** The place of the first entry at this position or behind it. */
function placeOf(position: number, entries: readonly Entry[]): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]!.position < position) low = middle + 1
    else high = middle
  }
  return low
}
