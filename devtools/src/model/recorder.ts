import type { AnyBus, BusEvent, Signal } from '@heliobus/core'
import { RaisedAlerts } from './raised-alerts.ts'
import { deliveryOf, type DeliverySignal, type LetterSignal } from './delivery-of.ts'
import { gapEvent, Gaps } from './gaps.ts'
import { Links } from './links.ts'
import { type Notice, Notices } from './notices.ts'
import { onTheWayOut } from './on-the-way-out.ts'
import type { RecorderOptions, SignalSource } from './recorder-options.ts'
import { Rows } from './rows.ts'
import { Statistics, type TypeCounts } from './statistics.ts'
import { status } from './status.ts'
import { Timeline } from './timeline.ts'

type SignalOf<T extends Signal['type']> = Extract<Signal, { readonly type: T }>

/**
 * Writes down what a bus tells. Recording costs some 100 to 200 ns a signal, and as much again for memory that is kept alive;
 * a stopped one costs nothing. It holds the newest events by reference, so what they hold stays in memory until they leave
 * the ring, or `clear` or `close`.
 */
export class Recorder {
  readonly rows: Rows
  readonly notices: Notices = new Notices()
  readonly links: Links = new Links()
  /** When links were lost or told of missing events. */
  readonly gaps: Gaps = new Gaps()
  readonly alerts: RaisedAlerts = new RaisedAlerts()
  /** How much happened when, since the recorder was made or `clear` was called. */
  readonly timeline: Timeline = new Timeline()
  readonly #payloadBytes: number
  #statistics: Statistics
  #stop: (() => void) | undefined = undefined
  /** Where the signal comes from that is being recorded. */
  #process = 0
  /** Rows that have arrived and are not yet on the bus. */
  #arriving = 0
  #lettersTold = 0

  /** Over rows and statistics that are already there, if they are given. */
  constructor(
    options: RecorderOptions = {},
    rows: Rows = new Rows(options.capacity),
    statistics: Statistics = new Statistics(),
  ) {
    this.rows = rows
    this.#statistics = statistics
    this.#payloadBytes = options.payloadBytes ?? 64_000_000
  }

  get recording(): boolean {
    return this.#stop !== undefined
  }

  /** How often a dead letter came, was redriven or discarded. */
  get lettersTold(): number {
    return this.#lettersTold
  }

  /** All counts since the recorder was made or `forget` was called. */
  get statistics(): Statistics {
    return this.#statistics
  }

  /** Records the bus until the returned function is called, or `stop`. Recording another bus ends the one before. */
  start(bus: Pick<AnyBus, 'tap$'>): () => void {
    return this.follow((record) => {
      const subscription = bus.tap$.subscribe((signal) => record(signal))
      return () => subscription.unsubscribe()
    })
  }

  /** The same of any source of signals. */
  follow(source: SignalSource): () => void {
    this.stop()
    const end = source((signal, process) => this.record(signal, process))
    const stop = (): void => {
      end()
      if (this.#stop === stop) this.#stop = undefined
    }
    this.#stop = stop
    return stop
  }

  stop(): void {
    this.#stop?.()
  }

  /** Empties the list, the alerts and the timeline; the statistics go on. */
  clear(): void {
    this.rows.clear()
    this.notices.clear()
    this.alerts.clear()
    this.gaps.clear()
    this.timeline.clear()
    this.#arriving = 0
  }

  /** Begins the statistics anew. */
  forget(): void {
    this.#statistics = new Statistics()
  }

  /** Stops, and lets go of every event. */
  close(): void {
    this.stop()
    this.clear()
  }

  /** One signal, as the tap tells it; for signals that come from elsewhere, `process` is the number of that in the rows. */
  record(signal: Signal, process = 0): void {
    this.#process = process
    this.#take(signal)
  }

  #take(signal: Signal): void {
    if (signal.type === 'published') this.#published(signal)
    else if (signal.type === 'handled') this.#handled(signal)
    else if (signal.type === 'failed') this.#failed(signal)
    else if (signal.type === 'unhandled') this.#unhandled(signal)
    else if (signal.type === 'received') this.#received(signal)
    else if (signal.type === 'dropped') this.#dropped(signal)
    else if (signal.type === 'cancelled') this.#deliver(signal.event, signal)
    else if ('letter' in signal) this.#lettered(signal)
    else if (signal.type === 'alert') this.alerts.add(signal.alert)
    else this.#noticed(signal)
  }

  #published({ event, at }: SignalOf<'published'>): void {
    const counts = this.#statistics.of(event.type)
    counts.publishedAt(at)
    this.#statistics.all.publishedAt(at)
    if (counts.domain < 0) counts.domain = this.timeline.domainOf(event.type)
    this.timeline.count(at, counts.domain)
    const row = this.#arriving > 0 ? this.#arrivedRow(event) : -1
    if (row < 0) return this.#add(event, at, status.published, counts)
    this.#arriving--
    this.rows.replace(row, event)
    this.rows.mark(row, status.published)
  }

  #handled(signal: SignalOf<'handled'>): void {
    const { event, subscription, ms } = signal
    this.#statistics.handled(event.type, subscription.name, ms)
    this.#deliver(event, signal)
  }

  #failed(signal: SignalOf<'failed'>): void {
    const { event, subscription, error, ms, at } = signal
    this.#statistics.failed(event.type, subscription.name, ms, error, at)
    this.timeline.countError(at)
    this.#deliver(event, signal)
  }

  #lettered(signal: LetterSignal): void {
    this.#lettersTold++
    this.#deliver(signal.letter.event, signal)
  }

  #deliver(event: BusEvent, signal: DeliverySignal): void {
    const { rows } = this
    const row = rows.rowOf(event, this.#process)
    if (row < 0) return
    const after = Math.max(0, signal.at - rows.time[rows.slot(row)]!) // a clock may be set back
    rows.deliver(row, deliveryOf(signal, after))
  }

  #unhandled({ event }: SignalOf<'unhandled'>): void {
    this.#statistics.of(event.type).unhandled++
    this.#statistics.all.unhandled++
    const row = this.rows.rowOf(event, this.#process)
    if (row >= 0) this.rows.mark(row, status.unhandled)
  }

  #received({ event, at, link }: SignalOf<'received'>): void {
    const counts = this.#statistics.of(event.type)
    counts.received++
    this.#statistics.all.received++
    this.#add(event, at, status.received, counts, link)
    this.#arriving++
  }

  #dropped({ event, at, reason }: SignalOf<'dropped'>): void {
    if (reason === 'repeat') return // it is there: whoever is joined in two ways hears everything twice
    const counts = this.#statistics.of(event.type)
    counts.dropped++
    this.#statistics.all.dropped++
    if (onTheWayOut.has(reason)) return this.#markDropped(this.rows.rowOf(event, this.#process))
    const row = reason === 'middleware' || reason === 'middleware-failed' ? this.#arrivedRow(event) : -1
    if (row < 0) return this.#add(event, at, status.dropped, counts)
    this.#arriving--
    this.#markDropped(row)
  }

  #noticed(notice: Notice): void {
    if (notice.type === 'refused') this.#statistics.refused++
    this.notices.add(notice)
    this.links.notice(notice)
    const gap = this.gaps.notice(notice)
    if (gap !== undefined)
      this.rows.add(gapEvent(gap, notice.at), notice.at, status.gap, undefined, 0, this.#process)
  }

  #add(event: BusEvent, at: number, bits: number, { size }: TypeCounts, via?: string): void {
    this.rows.add(event, at, bits, via, size.of(event.data), this.#process)
    while (this.rows.bytes > this.#payloadBytes && this.rows.length > 1) this.rows.letGo()
  }

  #markDropped(row: number): void {
    if (row >= 0) this.rows.mark(row, status.dropped)
  }

  /** The row of an event that came over a bridge and has met its fate neither way. */
  #arrivedRow(event: BusEvent): number {
    const row = this.rows.rowOf(event, this.#process)
    const bits = row < 0 ? 0 : this.rows.status[this.rows.slot(row)]
    return bits === status.received ? row : -1
  }
}
