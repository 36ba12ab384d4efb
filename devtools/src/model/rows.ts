import type { BusEvent } from '@heliobus/core'
import { type Delivery, type DeliveryCall, type DeliveryChain, inOrder, isCall } from './delivery.ts'
import { DeliveryColumn } from './delivery-column.ts'
import { statusAfter } from './status-after.ts'
import { capacityOf } from './capacity.ts'
import { RowColumns } from './row-columns.ts'
import { RowIndex } from './row-index.ts'
import { status } from './status.ts'

/** How many deliveries of one event are kept; further ones are counted. */
const DELIVERIES_KEPT = 64

/** Rows in which an event is sought as itself: an id is made when it is read first, and then stays in memory. */
const NEAR = 1_024

/**
 * The newest events, one row each, in columns. A row's number rises for ever and is never given twice; its place is the
 * number modulo the capacity. Events are kept by reference: never cloned, never written as text.
 */
export class Rows extends RowColumns {
  readonly #events: (BusEvent | undefined)[]
  readonly #deliveries: DeliveryColumn
  readonly #mask: number
  readonly #index: RowIndex
  #next = 0
  #from = 0
  #discarded = 0
  #indexed = 0
  #bytes = 0

  /** `capacity` in rows, default 65,536, is rounded up to a power of two; about 64 bytes a row beside the events. */
  constructor(capacity = 65_536) {
    super(capacityOf(capacity))
    this.#mask = this.capacity - 1
    this.#events = Array.from({ length: this.capacity })
    this.#deliveries = new DeliveryColumn(this.capacity, DELIVERIES_KEPT)
    this.#index = new RowIndex(this.capacity)
  }

  /** The number that the next row will have. */
  get next(): number {
    return this.#next
  }

  /** The number of the oldest row that is still here; equals `next` when there is none. */
  get oldest(): number {
    return Math.max(this.#from, this.#next - this.capacity)
  }

  get length(): number {
    return this.#next - this.oldest
  }

  /** Rows that newer ones have pushed out since the last clear, and those that were let go. */
  get discarded(): number {
    return this.#discarded
  }

  /** What all data together weighs. */
  get bytes(): number {
    return this.#bytes
  }

  has(row: number): boolean {
    return row >= this.oldest && row < this.#next
  }

  /** Where the columns hold a row. */
  slot(row: number): number {
    return row & this.#mask
  }

  eventAt(row: number): BusEvent | undefined {
    return this.has(row) ? this.#events[row & this.#mask] : undefined
  }

  /** What was told of it and its handlers; the first 64. */
  deliveriesAt(row: number): Delivery[] {
    return inOrder(this.chainAt(row))
  }

  /** The same, newest first, without a copy. */
  chainAt(row: number): DeliveryChain | undefined {
    return this.has(row) ? this.#deliveries.at(row & this.#mask) : undefined
  }

  /**
   * The row of an event that entered the bus of a process or is about to; -1 without one. Ids are read only if it is not
   * near.
   */
  rowOf(event: BusEvent, process = 0): number {
    const end = Math.max(this.oldest, this.#next - NEAR)
    for (let row = this.#next - 1; row >= end; row--)
      if (this.#events[row & this.#mask] === event && !this.#isTurnedAway(row)) return row
    return this.rowOfId(event.id, (row) => this.process[row & this.#mask] === process)
  }

  /** The newest row with this id that `fits`; -1 without one. Ids are read with the first search after rows were added. */
  rowOfId(id: string, fits: (row: number) => boolean = () => true): number {
    this.#indexed = Math.max(this.#indexed, this.oldest)
    while (this.#indexed < this.#next) this.#addToIndex(this.#indexed++)
    return this.#index.find(id, this.oldest, (row) => this.#events[row & this.#mask]?.id === id && fits(row))
  }

  /** Returns the new row's number. `via` is the bridge it came over, `weight` the bytes of its data. */
  add(event: BusEvent, at: number, bits: number, via?: string, weight = 0, process = 0): number {
    const row = this.#next++
    const slot = row & this.#mask
    if (row - this.#from >= this.capacity) this.#discarded++
    this.time[slot] = at
    this.type[slot] = this.types.numberOf(event.type)
    this.status[slot] = bits
    this.handled[slot] = 0
    this.failures[slot] = 0
    this.slowest[slot] = 0
    this.size[slot] = Number.NaN
    this.link[slot] = via === undefined ? 0 : this.links.numberOf(via)
    this.process[slot] = process
    this.#weigh(slot, weight)
    this.#events[slot] = event
    this.#deliveries.forget(slot)
    return row
  }

  mark(row: number, bits: number): void {
    this.status[row & this.#mask]! |= bits
    this.touched.add(row)
  }

  /** Middleware may have put another object in its place, or its data has come later. */
  replace(row: number, event: BusEvent): void {
    this.#events[row & this.#mask] = event
    this.size[row & this.#mask] = Number.NaN
  }

  /** Adds a delivery to what is known of a row that is here. */
  deliver(row: number, delivery: DeliveryChain): void {
    const slot = row & this.#mask
    if (isCall(delivery)) this.#count(slot, delivery)
    this.#deliveries.add(slot, delivery)
    this.status[slot] = statusAfter(this.status[slot]!, delivery, this.#deliveries.chainAt(slot))
    this.touched.add(row)
  }

  /** Sets the counts of a row that was recorded elsewhere: it may have had more deliveries than are kept. */
  count(row: number, handled: number, failures: number): void {
    this.handled[row & this.#mask] = Math.max(this.handled[row & this.#mask]!, handled)
    this.failures[row & this.#mask] = Math.max(this.failures[row & this.#mask]!, failures)
  }

  /** Lets go of the oldest; it counts as discarded. */
  letGo(): void {
    const row = this.oldest
    if (row === this.#next) return
    this.#weigh(row & this.#mask, 0)
    this.#events[row & this.#mask] = undefined
    this.#deliveries.forget(row & this.#mask)
    this.#from = row + 1
    this.#discarded++
  }

  /** Lets go of all events. Numbers go on rising. */
  clear(): void {
    this.#events.fill(undefined)
    this.#deliveries.clear()
    this.weight.fill(0)
    this.#bytes = 0
    this.#from = this.#next
    this.#discarded = 0
  }

  #count(slot: number, { fate, ms }: DeliveryCall): void {
    const count = fate === 'failed' ? this.failures : this.handled
    if (count[slot]! < 65_535) count[slot]!++
    if (ms !== undefined && ms > this.slowest[slot]!) this.slowest[slot] = ms
  }

  #weigh(slot: number, weight: number): void {
    const bytes = Math.min(Math.round(weight), 0xffff_ffff) // whole, so that the sum stays exact
    this.#bytes += bytes - this.weight[slot]!
    this.weight[slot] = bytes
  }

  #addToIndex(row: number): void {
    this.#index.add(this.#isTurnedAway(row) ? '' : this.#events[row & this.#mask]!.id, row)
  }

  /** A copy that was turned away must not hide the row whose handlers are still at work. */
  #isTurnedAway(row: number): boolean {
    return this.status[row & this.#mask] === status.dropped
  }
}
