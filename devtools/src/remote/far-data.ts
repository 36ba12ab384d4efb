import type { BusEvent } from '@heliobus/core'
import type { Rows } from '../model/rows.ts'
import type { JoinedTaps } from './joined-taps.ts'

/** Where the data of an event is: here, far away, on its way, or not to be had, with the reason. */
export type DataPlace = 'here' | 'away' | 'asked' | { readonly missing: string }

/** The data of events of other processes, which comes when it is looked at. */
export class FarData {
  readonly #taps: JoinedTaps
  readonly #rows: Rows
  readonly #places = new WeakMap<BusEvent, DataPlace>()
  readonly #changed: () => void

  /** `changed` is called when some has come, or can't be had. */
  constructor(taps: JoinedTaps, rows: Rows, changed: () => void) {
    this.#taps = taps
    this.#rows = rows
    this.#changed = changed
  }

  placeOf(row: number): DataPlace {
    const event = this.#rows.eventAt(row)
    if (event === undefined || this.#taps.processOf(row) === undefined) return 'here'
    return this.#places.get(event) ?? 'away'
  }

  /** Asks for it, unless it is here or was asked for. What can't be had may be asked for again. */
  pull(row: number): void {
    const place = this.placeOf(row)
    const event = this.#rows.eventAt(row)
    const process = this.#taps.processOf(row)
    if (place === 'here' || place === 'asked' || event === undefined || process === undefined) return
    this.#places.set(event, 'asked')
    void process.pull(event.id).then((pulled) => {
      if ('missing' in pulled) this.#places.set(event, pulled)
      else this.#put(row, event, pulled.data)
      this.#changed()
    })
  }

  #put(row: number, event: BusEvent, data: unknown): void {
    const whole = { ...event, data }
    this.#places.set(whole, 'here')
    if (this.#rows.eventAt(row) !== event) return // the event has left meanwhile
    this.#rows.replace(row, whole)
    this.#rows.touched.add(row)
  }
}
