import { Backlog } from './backlog.ts'
import type { Retry } from './backoff.ts'
import { atMost } from './deadline.ts'
import { BusError, isBusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import type { EventLog } from './event-log.ts'
import type { Subscription } from './handler.ts'
import type { Inlet } from './inlet.ts'
import { tellFailure, tellLoss } from './log-notice.ts'
import { LIMITS, unsupported } from './log-record.ts'
import { pause } from './pause.ts'
import { recordingInto } from './recordings.ts'
import { Redactor } from './redactor.ts'
import { Retention, type RetentionOptions } from './retention.ts'
import type { DropReason } from './signal.ts'

/** What a recording was asked for, complete and checked. */
export interface RecorderSettings {
  readonly name: string
  readonly patterns: readonly string[]
  readonly size: number
  readonly wait: number
  readonly limit: number
  readonly dropsOldest: boolean
  readonly delay: Retry['delay']
  readonly retention: Required<RetentionOptions> | undefined
  readonly isSecret: (name: string) => boolean
}

/** Carries events into a log, in batches, one batch after the other. */
export class Recorder {
  readonly name: string
  stored = 0
  dropped = 0
  readonly #inlet: Inlet
  readonly #log: EventLog
  readonly #settings: RecorderSettings
  readonly #backlog: Backlog
  readonly #redactor: Redactor
  readonly #subscription: Subscription
  readonly #retention: Retention | undefined
  readonly #forget: () => void
  /** Nothing more will come into the log from here. */
  readonly #over: () => void
  #timer: unknown = undefined
  #working = false
  /** The pause before the next try, while there is one. */
  #pausing: AbortController | undefined = undefined
  #closed: Promise<void> | undefined = undefined
  #hasGivenUp = false
  #hasOverflowed = false

  constructor(inlet: Inlet, log: EventLog, settings: RecorderSettings) {
    const { name, patterns, limit, dropsOldest } = settings
    this.name = name
    this.#inlet = inlet
    this.#log = log
    this.#settings = settings
    this.#backlog = new Backlog(limit, dropsOldest)
    this.#redactor = new Redactor((topic) => inlet.definitionOf(topic), settings.isSecret)
    this.#subscription = inlet.forward(`record ${name}`, patterns, this.#take)
    this.#retention = this.#retain()
    this.#forget = inlet.whenClosed(() => this.close())
    this.#over = recordingInto(log, this)
  }

  #retain(): Retention | undefined {
    const { retention } = this.#settings
    if (retention === undefined) return undefined
    return new Retention({
      ...retention,
      log: this.#log,
      clock: this.#inlet.clock,
      pruned: (removed) => this.#inlet.tell({ type: 'log', log: this.name, status: 'pruned', removed }),
      failed: (error) => this.#failed(this.#coded(error), undefined),
    })
  }

  get waiting(): number {
    return this.#backlog.size
  }

  flush(): Promise<void> {
    this.#begin()
    return this.#backlog.settled()
  }

  close({ timeout = 5_000 }: { readonly timeout?: number } = {}): Promise<void> {
    return (this.#closed ??= this.#end(timeout))
  }

  readonly #take = (event: BusEvent): Promise<void> | undefined => {
    const victim = this.#backlog.add(event)
    if (victim !== undefined) this.#overflow(victim)
    if (!this.#working) this.#schedule()
    return event.hops === 0 ? undefined : this.#backlog.settled()
  }

  #schedule(): void {
    const { size, wait } = this.#settings
    if (this.#backlog.size >= size) this.#begin()
    else this.#timer ??= this.#inlet.clock.setTimeout(this.#begin, wait)
  }

  readonly #begin = (): void => {
    this.#inlet.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#working) void this.#work()
  }

  async #work(): Promise<void> {
    this.#working = true
    await Promise.resolve() // whoever publishes does not wait for the log
    while (this.#backlog.size > 0 && !this.#hasGivenUp) {
      await this.#store(this.#backlog.take(this.#settings.size))
      this.#backlog.done()
    }
    this.#working = false
  }

  /** Tries until the log has taken them. */
  async #store(batch: readonly BusEvent[]): Promise<void> {
    let left = this.#masked(batch)
    for (let failures = 0; left.length > 0 && !this.#hasGivenUp;) {
      const error = await this.#append(left)
      if (error === undefined) return this.#succeeded(left.length, failures)
      const faulty = faultyIn(left, error)
      if (faulty === undefined) await this.#rest(error, ++failures)
      else {
        this.#drop(faulty, 'unstorable', error)
        left = left.filter((event) => event !== faulty)
      }
    }
  }

  /** Without secrets. What can't be looked through for them can't be stored either. */
  #masked(batch: readonly BusEvent[]): readonly BusEvent[] {
    return batch.flatMap((event) => {
      try {
        return this.#redactor.redacted(event, LIMITS)
      } catch (error) {
        this.#drop(event, 'unstorable', unsupported(event.id, error))
        return []
      }
    })
  }

  async #append(events: readonly BusEvent[]): Promise<BusError | undefined> {
    try {
      await this.#log.append(events)
      return undefined
    } catch (error) {
      return this.#coded(error)
    }
  }

  #succeeded(count: number, failures: number): void {
    if (this.#hasGivenUp) return
    this.stored += count
    this.#retention?.added(count)
    if (failures > 0)
      this.#inlet.tell({ type: 'log', log: this.name, status: 'recovered', waiting: this.waiting })
  }

  async #rest(error: BusError, failures: number): Promise<void> {
    const retryIn = this.#settings.delay(failures)
    this.#failed(error, retryIn)
    this.#pausing = new AbortController()
    await pause(this.#inlet.clock, retryIn, this.#pausing.signal)
    this.#pausing = undefined
  }

  #failed(error: BusError, retryIn: number | undefined): void {
    tellFailure(this.#inlet, this.name, error, this.waiting, retryIn)
  }

  #coded(error: unknown): BusError {
    return isBusError(error) ? error : new BusError('log-failed', { log: this.name }, error)
  }

  #overflow(event: BusEvent): void {
    const { limit: capacity } = this.#settings
    if (!this.#hasOverflowed) this.#inlet.tell({ type: 'overflow', memory: 'backlog', capacity })
    this.#hasOverflowed = true
    this.#drop(event, 'backlog')
  }

  #drop(event: BusEvent, reason: DropReason, error?: unknown): void {
    this.dropped++
    tellLoss(this.#inlet, event, reason, error)
  }

  async #end(timeout: number): Promise<void> {
    this.#forget()
    await Promise.resolve() // what is being dispatched is still recorded
    this.#subscription.unsubscribe()
    this.#begin()
    this.#pausing?.abort() // one try at once; between the next there are pauses again
    const rest = Promise.all([this.#backlog.settled(), this.#retention?.stop()])
    await atMost(timeout, this.#inlet.clock, rest)
    this.#hasGivenUp = true
    this.#pausing?.abort()
    for (const event of this.#backlog.clear()) this.#drop(event, 'unrecorded')
    this.#over()
  }
}

/** The event that the log has named as one that it can't hold: that one would never get in. */
function faultyIn(events: readonly BusEvent[], error: BusError): BusEvent | undefined {
  return isBusError(error, 'log-unsupported') ? events.find(({ id }) => id === error.details.id) : undefined
}
