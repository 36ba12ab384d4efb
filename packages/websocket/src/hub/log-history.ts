import { BusError, type BusEvent, type Clock, type EventLog, systemClock } from '@heliobus/core'
import { createMemoryHistory, type Draft, type Entry, type History, type HistoryOptions } from './history.ts'

export interface LogHistoryOptions extends Pick<HistoryOptions, 'events' | 'characters'> {
  /** Default the system's. */
  readonly clock?: Clock
}

/** What the entries are called in the log. */
const TOPIC = 'websocket.entry'

/** An entry as it is stored. Position and epoch are those of the history, not of the log. */
interface Stored extends Entry {
  readonly epoch: string
}

/**
 * A history that is kept in a log: after a restart of the hub clients go on where they left off, and what they send again is
 * known. Reads the newest entries, and serves from memory; what is stored counts as accepted. The log belongs to one hub, and
 * to nothing else; what is older than the history is removed from it. Closing the log is left to its maker, after the hub.
 * Rejects with what the log rejects with, and with `log-corrupt` when there are other events in it.
 *
 * @example
 * const history = await openLogHistory(await openSqliteLog('hub.db'))
 */
export async function openLogHistory(log: EventLog, options: LogHistoryOptions = {}): Promise<History> {
  const { events = 10_000, clock = systemClock } = options
  const stored = await newest(log, events)
  const epoch = stored.at(-1)?.epoch ?? crypto.randomUUID()
  const memory = createMemoryHistory({ ...options, epoch, entries: withoutHoles(stored, epoch) })
  return new LogHistory(log, memory, events, clock)
}

class LogHistory implements History {
  readonly #log: EventLog
  readonly #memory: History
  readonly #kept: number
  readonly #clock: Clock
  readonly #pending: Draft[] = []
  /** The batch that gathers while another is written. */
  #next: Promise<void> | undefined = undefined
  #written: Promise<void> = Promise.resolve()
  #sincePruned = 0

  constructor(log: EventLog, memory: History, kept: number, clock: Clock) {
    this.#log = log
    this.#memory = memory
    this.#kept = kept
    this.#clock = clock
  }

  get epoch(): string {
    return this.#memory.epoch
  }

  get first(): number {
    return this.#memory.first
  }

  get last(): number {
    return this.#memory.last
  }

  at(position: number): Entry | undefined {
    return this.#memory.at(position)
  }

  append(drafts: readonly Draft[]): Promise<void> {
    this.#pending.push(...drafts)
    return (this.#next ??= this.#begin())
  }

  /** A batch that fails takes the next along: a session must not have a hole. What comes after that begins anew. */
  #begin(): Promise<void> {
    const batch = this.#written.then(() => this.#write())
    this.#written = batch
    batch.catch(() => {
      if (this.#written === batch) this.#written = Promise.resolve()
      if (this.#next === batch) this.#take()
    })
    return batch
  }

  #take(): readonly Draft[] {
    this.#next = undefined
    return this.#pending.splice(0)
  }

  async #write(): Promise<void> {
    const drafts = this.#take()
    await this.#log.append(drafts.map((draft, index) => this.#toEvent(draft, this.last + 1 + index)))
    void this.#memory.append(drafts)
    await this.#prune(drafts.length)
  }

  /** The id is a new one each time: what was not stored, or only seemed not to be, gives its position to another. */
  #toEvent(draft: Draft, position: number): BusEvent<typeof TOPIC, Stored> {
    const id = crypto.randomUUID()
    return {
      id,
      type: TOPIC,
      source: 'websocket-hub',
      subject: undefined,
      userId: null,
      key: undefined,
      time: this.#clock.now(),
      data: { ...draft, position, epoch: this.epoch },
      version: 1,
      correlationId: id,
      causationId: undefined,
      traceparent: undefined,
      hops: 0,
    }
  }

  /** From time to time: half as much again is kept meanwhile. What can't be removed now is, with the next batch. */
  async #prune(written: number): Promise<void> {
    this.#sincePruned += written
    if (this.#sincePruned < this.#kept / 2) return
    try {
      await this.#log.prune(0, this.#kept)
      this.#sincePruned = 0
    } catch {
      // The batch is stored, and that is what was asked for.
    }
  }
}

/** Oldest first. */
async function newest(log: EventLog, limit: number): Promise<readonly Stored[]> {
  const entries: Stored[] = []
  for await (const { event } of log.read({ direction: 'backward', limit, acceptGap: true }))
    entries.push(toStored(event))
  return entries.toReversed()
}

function toStored({ type, data }: BusEvent): Stored {
  if (type === TOPIC && isStored(data)) return data
  throw new BusError('log-corrupt', {
    log: 'of the hub',
    reason: `it holds ${type}, which is no entry of a history`,
  })
}

function isStored(data: unknown): data is Stored {
  const fields: Partial<Record<keyof Stored, unknown>> = Object(data)
  const texts = [fields.topic, fields.text, fields.from, fields.epoch]
  return texts.every((text) => typeof text === 'string') && Number.isSafeInteger(fields.position)
}

/** The newest that follow each other. Of two with one position the first was not accepted, though it was stored. */
function withoutHoles(stored: readonly Stored[], epoch: string): readonly Entry[] {
  const byPosition = new Map(stored.filter((one) => one.epoch === epoch).map((one) => [one.position, one]))
  const entries: Entry[] = []
  let position = stored.at(-1)?.position ?? 0
  for (let one = byPosition.get(position); one !== undefined; one = byPosition.get(--position))
    entries.push(one)
  return entries.toReversed()
}
