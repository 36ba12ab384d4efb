import type { BusEvent } from '@heliobus/core'
import type { Rows } from '../model/rows.ts'
import type { DataPlace } from './data-place.ts'
import { FarGroups } from './far-groups.ts'
import { FarLetters } from './far-letters.ts'
import type { JoinedTaps } from './joined-taps.ts'

/** What stays in other processes until it is looked at: the data of their events, and their consumer groups. */
export class FarData {
  readonly groups: FarGroups
  readonly letters: FarLetters
  readonly #taps: JoinedTaps
  readonly #rows: Rows
  readonly #places = new WeakMap<BusEvent, DataPlace>()
  readonly #changed: () => void

  /** `changed` is called when some has come, or can't be had. */
  constructor(taps: JoinedTaps, rows: Rows, changed: () => void) {
    this.#taps = taps
    this.#rows = rows
    this.#changed = changed
    const { clock } = taps
    this.groups = new FarGroups({ clock, places: () => taps.far, changed })
    this.letters = new FarLetters({ groups: this.groups, clock, changed })
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
