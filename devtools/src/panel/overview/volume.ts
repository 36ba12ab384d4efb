import type { Rows } from '../../model/rows.ts'
import { status } from '../../model/status.ts'
import { hueOf } from '../look/hue.ts'

const HUES = 12
const ERRORS = HUES
const FIELDS = HUES + 1
/** How many stretches of time are kept. */
const KEPT = 600

/** How much happened in one stretch of time. */
export interface Bar {
  /** Epoch ms at which it begins. */
  readonly at: number
  /** Events by hue, 0 to 11. */
  readonly counts: Uint32Array
  /** Events of which a handler failed. */
  readonly errors: number
}

/** Events over time, by the hue of their domain. Brought up to date with `update`, which looks at each row once. */
export class Volume {
  /** ms of a bar. */
  readonly width: number
  readonly #rows: Rows
  readonly #counts = new Uint32Array(KEPT * FIELDS)
  readonly #stretches = new Float64Array(KEPT).fill(Number.NaN)
  /** Which row of a place was counted as an error. */
  readonly #failed: Float64Array
  readonly #hues: number[] = []
  #upTo: number
  #changes: number
  #firstRow: number

  constructor(rows: Rows, width = 1_000) {
    this.#rows = rows
    this.width = width
    this.#failed = new Float64Array(rows.capacity).fill(-1)
    this.#upTo = rows.oldest
    this.#firstRow = firstOf(rows)
    this.#changes = rows.touched.count
  }

  update(): void {
    const rows = this.#rows
    if (firstOf(rows) !== this.#firstRow) this.#clear()
    for (let row = Math.max(this.#upTo, rows.oldest); row < rows.next; row++) this.#add(row)
    this.#upTo = rows.next
    const isComplete = rows.touched.read(this.#changes, (row) => this.#addError(row))
    if (!isComplete) for (let row = rows.oldest; row < rows.next; row++) this.#addError(row)
    this.#changes = rows.touched.count
  }

  /** The bars that begin from `from` on and before `to`, both epoch ms; stretches without events are left out. */
  bars(from: number, to: number): Bar[] {
    const bars: Bar[] = []
    const last = Math.floor((to - 1) / this.width)
    for (let stretch = Math.max(Math.floor(from / this.width), last - KEPT + 1); stretch <= last; stretch++) {
      const place = placeOf(stretch)
      if (this.#stretches[place] !== stretch) continue
      const counts = this.#counts.subarray(place * FIELDS, place * FIELDS + HUES)
      bars.push({ at: stretch * this.width, counts, errors: this.#counts[place * FIELDS + ERRORS]! })
    }
    return bars
  }

  /** Somebody emptied the list: the strip shows the same events as it does. */
  #clear(): void {
    this.#firstRow = firstOf(this.#rows)
    this.#stretches.fill(Number.NaN)
  }

  #add(row: number): void {
    const rows = this.#rows
    const slot = rows.slot(row)
    const base = this.#baseOf(rows.time[slot]!)
    if (base < 0) return
    const type = rows.type[slot]!
    const hue = (this.#hues[type] ??= hueOf(rows.types.nameOf(type)))
    this.#counts[base + hue]!++
    this.#addError(row)
  }

  #addError(row: number): void {
    const rows = this.#rows
    if (!rows.has(row)) return
    const slot = rows.slot(row)
    if ((rows.status[slot]! & status.failed) === 0 || this.#failed[slot] === row) return
    const base = this.#baseOf(rows.time[slot]!)
    if (base < 0) return
    this.#failed[slot] = row
    this.#counts[base + ERRORS]!++
  }

  /** Where the counts of a time stand; -1 when it is too long ago. */
  #baseOf(at: number): number {
    const stretch = Math.floor(at / this.width)
    const place = placeOf(stretch)
    const held = this.#stretches[place]!
    if (held > stretch) return -1
    if (held !== stretch) {
      this.#stretches[place] = stretch
      this.#counts.fill(0, place * FIELDS, (place + 1) * FIELDS)
    }
    return place * FIELDS
  }
}

/** The first row since the list was emptied, whether it is still there or not. */
function firstOf(rows: Rows): number {
  return rows.oldest - rows.discarded
}

function placeOf(stretch: number): number {
  return ((stretch % KEPT) + KEPT) % KEPT
}
