import { BehaviorSubject, type Observable } from 'rxjs'
import { BusError } from './errors.ts'
import type { LogEntry } from './event-log.ts'
import type { Inlet } from './inlet.ts'
import { pause } from './pause.ts'
import type { Outcome, Settling } from './transport.ts'

/** How far a replay has come. */
export interface ReplayProgress {
  /** Events that were given to handlers. */
  readonly replayed: number
  /** Events that this bus does not take: their type, data or version is not one that it knows. Each has been signalled. */
  readonly refused: number
  /** How often a handler has given up on an event; each is a dead letter. */
  readonly failed: number
  /** Of the last event; 0 before the first. To go on from there: `{ ...query, after: position }`. */
  readonly position: number
  /** Of the last event, epoch ms; 0 before the first. */
  readonly time: number
  /** True when nothing is left to be replayed. */
  readonly isComplete: boolean
}

const TOLD = 1_000
/** How long it goes on before others have their turn, in ms. */
const SLICE = 10
/** A timer can't wait longer, in ms. */
const LONGEST = 2 ** 31 - 1

const beginning: ReplayProgress = {
  replayed: 0,
  refused: 0,
  failed: 0,
  position: 0,
  time: 0,
  isComplete: false,
}

export interface ReplayerParts {
  readonly inlet: Inlet
  /** How fast, compared with then. */
  readonly speed: number
  /** How many events are with handlers at a time. */
  readonly concurrency: number
  /** Hands an event to handlers. */
  readonly give: (entry: LogEntry) => Settling
}

/** Takes entries from a log to handlers, no faster than it was told, and no faster than they take them. */
export class Replayer {
  readonly #inlet: Inlet
  readonly #parts: ReplayerParts
  readonly #stopping = new AbortController()
  readonly #progress$ = new BehaviorSubject(beginning)
  #progress: { -readonly [Name in keyof ReplayProgress]: ReplayProgress[Name] } = { ...beginning }
  #taken = 0
  #withHandlers = 0
  #closed: BusError | undefined = undefined
  /** Wakes who waits until a handler is done. */
  #freed: (() => void) | undefined = undefined
  /** Since when this has been going on without a break. */
  #resumed = 0

  constructor(parts: ReplayerParts) {
    this.#parts = parts
    this.#inlet = parts.inlet
  }

  get progress$(): Observable<ReplayProgress> {
    return this.#progress$.asObservable()
  }

  stop(): void {
    this.#stopping.abort()
    this.#freed?.()
  }

  /** Rejects with what the log throws, and with `bus-closed`. */
  async run(entries: AsyncIterable<LogEntry>, signal: AbortSignal | undefined): Promise<ReplayProgress> {
    const stop = (): void => this.stop()
    const forget = this.#inlet.whenClosed((error) => this.#end(error))
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop)
    try {
      await Promise.race([this.#takeAll(entries), this.#stopped()]) // a log may hang
      if (this.#closed !== undefined) throw this.#closed
      return this.#ended()
    } catch (error) {
      this.#progress$.error(error)
      throw error
    } finally {
      forget()
      signal?.removeEventListener('abort', stop)
    }
  }

  get #isStopped(): boolean {
    return this.#stopping.signal.aborted
  }

  #stopped(): Promise<void> {
    const { signal } = this.#stopping
    return new Promise((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve())
    })
  }

  async #takeAll(entries: AsyncIterable<LogEntry>): Promise<void> {
    const { clock } = this.#inlet
    const begun = (this.#resumed = clock.elapsed())
    let first: number | undefined
    for await (const entry of entries) {
      const { time } = entry.event
      first ??= time
      const due = begun + (time - first) / this.#parts.speed
      if (!this.#isFree(due)) await this.#turn(due)
      if (this.#isStopped) return
      this.#take(entry)
    }
    while (this.#withHandlers > 0 && !this.#isStopped) await this.#free()
    this.#progress.isComplete = !this.#isStopped
  }

  /** Nothing is to be waited for. */
  #isFree(due: number): boolean {
    const now = this.#inlet.clock.elapsed()
    return now - this.#resumed <= SLICE && due <= now && this.#withHandlers < this.#parts.concurrency
  }

  /** Waits until the next event is due and there is room for it; and now and then, so that others have their turn. */
  async #turn(due: number): Promise<void> {
    if (this.#inlet.clock.elapsed() - this.#resumed > SLICE) await this.#rest(0)
    while (this.#withHandlers >= this.#parts.concurrency && !this.#isStopped) await this.#free()
    for (let ms = this.#until(due); ms > 0 && !this.#isStopped; ms = this.#until(due))
      await this.#rest(Math.min(ms, LONGEST))
  }

  #until(due: number): number {
    return due - this.#inlet.clock.elapsed()
  }

  async #rest(ms: number): Promise<void> {
    const { clock } = this.#inlet
    this.#tell()
    await pause(clock, ms, this.#stopping.signal)
    this.#resumed = clock.elapsed()
  }

  #free(): Promise<void> {
    this.#tell()
    return new Promise((resolve) => (this.#freed = resolve))
  }

  #take(entry: LogEntry): void {
    this.#progress.position = entry.position
    this.#progress.time = entry.event.time
    this.#withHandlers++
    const outcome = this.#parts.give(entry)
    if ('then' in outcome) void outcome.then((late) => this.#settled(late))
    else this.#settled(outcome)
    if (++this.#taken % TOLD === 0) this.#tell()
  }

  #end(closed: BusError): void {
    this.#closed = closed
    this.stop()
  }

  #settled({ refused, failed }: Outcome): void {
    if (refused === 'bus-closed') return this.#end(new BusError(refused, { bus: this.#inlet.source }))
    this.#withHandlers--
    if (refused === undefined) this.#progress.replayed++
    else this.#progress.refused++
    this.#progress.failed += failed.length
    this.#freed?.()
  }

  #tell(): void {
    this.#progress$.next({ ...this.#progress })
  }

  #ended(): ReplayProgress {
    this.#tell()
    this.#progress$.complete()
    return this.#progress$.value
  }
}
