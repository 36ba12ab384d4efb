import { inBackground } from './background.ts'
import type { Retry } from './backoff.ts'
import { BusError, type ErrorCode, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { EventLog, LogEntry, LogQuery } from './event-log.ts'
import type { Handler, Subscription } from './handler.ts'
import type { Inlet } from './inlet.ts'
import { tellFailure } from './log-notice.ts'
import { pause } from './pause.ts'
import { recordedInto } from './recordings.ts'
import type { Settling } from './transport.ts'

/** What a catch-up was asked for, complete and checked. */
export interface CatchUpSettings {
  readonly name: string
  /** Where the past begins. */
  readonly query: LogQuery
  readonly isWanted: (type: string) => boolean
  /** How many live events may wait. */
  readonly limit: number
  readonly acceptGap: boolean
  readonly delay: Retry['delay']
  readonly signal: AbortSignal
}

/** What reading once more will not mend. */
const final: readonly ErrorCode[] = [
  'log-gap',
  'log-closed',
  'log-corrupt',
  'option-invalid',
  'pattern-invalid',
]

/** How long an event may take longer over a bridge than through the log, in ms. */
const STRAGGLING = 60_000

/**
 * Brings a subscription from the past to the present: what the log has, then what came meanwhile, then each event as it
 * comes. While it reads, live events wait; when they are too many they are let go, and read from the log after all.
 */
export class CatchUp {
  isLive = false
  readonly #inlet: Inlet
  readonly #log: EventLog
  readonly #settings: CatchUpSettings
  /** Live events, in their order. */
  readonly #waiting = new Map<string, BusEvent>()
  /** What has been given, the latest only: it may come once more, from the log or over a bridge. */
  readonly #given = new Set<string>()
  #isBehind = false
  #position: number | undefined
  /** The live event that is being dispatched: it waits. */
  #held: BusEvent | undefined = undefined

  constructor(inlet: Inlet, log: EventLog, settings: CatchUpSettings) {
    this.#inlet = inlet
    this.#log = log
    this.#settings = settings
    this.#position = settings.query.after
  }

  /** Takes live events while they must wait. To be called just before the subscription itself. */
  readonly hold = (event: BusEvent): void => {
    this.#held = event
    if (this.#isBehind || this.#given.has(event.id)) return
    if (this.#waiting.size < this.#settings.limit) this.#waiting.set(event.id, event)
    else this.#fallBehind()
  }

  /** Whether the subscription may have an event that is dispatched now: not when it waits. */
  isFree(event: BusEvent): boolean {
    return event !== this.#held
  }

  /** The handler, spared what it has been given and then comes as if it were new. */
  sparing(handler: Handler): Handler {
    return (event, context) =>
      !context.isReplay && this.#given.has(event.id) ? undefined : handler(event, context)
  }

  /** All there is, in order. Ends with the subscription, or in the very moment in which nothing is left: then holds none. */
  async *entries(subscription: Subscription, holding: Subscription): AsyncGenerator<LogEntry> {
    while (!subscription.closed) {
      this.#isBehind = false // from here on what is published waits,
      await recordedInto(this.#log) // and what was published before is in the log
      yield* this.#past(subscription)
      yield* this.#meanwhile()
      if (this.#waiting.size > 0 || this.#isBehind) continue
      this.#goLive(holding)
      return
    }
  }

  /** Hands one of them to the subscription. */
  give({ event }: LogEntry, subscription: Subscription): Settling {
    const live = this.#waiting.get(event.id)
    this.#waiting.delete(event.id)
    this.#held = undefined
    this.#remember(event.id)
    return live === undefined
      ? this.#inlet.replay(event, this.#settings.name, subscription)
      : this.#inlet.again(live, subscription)
  }

  /** What the log has behind the position. Reads on after a failure, unless that is there to stay. */
  async *#past(subscription: Subscription): AsyncGenerator<LogEntry> {
    for (let failures = 0; !subscription.closed;) {
      try {
        for await (const entry of this.#read()) {
          if (subscription.closed) return
          failures = 0
          this.#position = entry.position
          if (this.#isNew(entry.event)) yield entry
        }
        return
      } catch (error) {
        await this.#rest(error, ++failures)
      }
    }
  }

  #isNew({ type, id }: BusEvent): boolean {
    return this.#settings.isWanted(type) && !this.#given.has(id)
  }

  async *#read(): AsyncGenerator<LogEntry> {
    const query = { ...this.#settings.query, after: this.#position }
    try {
      yield* this.#log.read(query)
    } catch (error) {
      if (!this.#settings.acceptGap || !isBusError(error, 'log-gap')) throw error
      this.#inlet.tell({ type: 'gap', link: this.#settings.name, reason: error.message, missing: undefined })
      yield* this.#log.read({ ...query, acceptGap: true })
    }
  }

  /** What has waited; no more than may wait, for then it is time to look how far the log has come. */
  *#meanwhile(): Generator<LogEntry> {
    for (let left = this.#settings.limit; left > 0; left--) {
      const next = this.#waiting.values().next()
      if (next.done === true) return
      yield { position: this.#position ?? 0, event: next.value }
    }
  }

  #fallBehind(): void {
    this.#isBehind = true
    this.#waiting.clear()
    this.#inlet.tell({
      type: 'log',
      log: this.#settings.name,
      status: 'behind',
      waiting: this.#settings.limit,
    })
  }

  /** What waits may be as many as were given since the log was read, and what was read may have come early. */
  #remember(id: string): void {
    this.#given.add(id)
    if (this.#given.size <= 2 * this.#settings.limit) return
    const [oldest] = this.#given
    this.#given.delete(oldest!)
  }

  #goLive(holding: Subscription): void {
    this.isLive = true
    holding.unsubscribe()
    this.#held = undefined
    inBackground(this.#inlet.clock, () => this.#given.clear(), STRAGGLING)
  }

  /** Throws the error when it is final. */
  async #rest(error: unknown, failures: number): Promise<void> {
    const { name: log, delay, signal } = this.#settings
    const known = isBusError(error) ? error : new BusError('log-failed', { log }, error)
    const retryIn = final.includes(known.code) ? undefined : delay(failures)
    tellFailure(this.#inlet, log, known, this.#waiting.size, retryIn)
    if (retryIn === undefined) throw known
    await pause(this.#inlet.clock, retryIn, signal)
  }
}
