import type { MatchingRows } from '../../model/matching-rows.ts'
import { placeOf } from './row-order.ts'

/** px. Browsers draw nothing beyond some 17 million; rows older than fit are reached by a filter or a time range. */
const TALLEST = 16_000_000

/** Height in px of the list's header, and of the note above its oldest row. */
export const LINE = 22

/** A row, and how much of it (0 to 1) is above the upper edge; negative for what stands above the first row. */
export interface Anchor {
  readonly row: number
  readonly share: number
}

export interface LayoutOptions {
  readonly matching: MatchingRows
  readonly rowHeight: number
  /** What can be seen at once. */
  readonly room: number
  /** Whether rows have left the ring, and a note above the oldest says so. */
  readonly hasLost: boolean
}

/** Where rows stand in the list, the oldest at the top. All lengths in px, all places from the oldest on. */
export class ListLayout {
  readonly matching: MatchingRows
  readonly rowHeight: number
  readonly room: number
  /** Of the note above the oldest row. */
  readonly lead: number
  /** How many of the oldest there is no place for. */
  readonly skipped: number
  /** Of everything. */
  readonly height: number

  constructor({ matching, rowHeight, room, hasLost }: LayoutOptions) {
    this.matching = matching
    this.rowHeight = rowHeight
    this.room = room
    const count = Math.min(matching.length, Math.floor(TALLEST / rowHeight))
    this.skipped = matching.length - count
    this.lead = hasLost || this.skipped > 0 ? LINE : 0
    this.height = this.lead + count * rowHeight
  }

  /** The farthest it can be scrolled. */
  get end(): number {
    return Math.max(0, this.height - this.room)
  }

  topOf(place: number): number {
    return this.lead + (place - this.skipped) * this.rowHeight
  }

  rowAt(place: number): number | undefined {
    return this.matching.at(this.matching.length - 1 - place)
  }

  /** What is at the upper edge when it is scrolled to `top`; nothing in an empty list. */
  anchorAt(top: number): Anchor | undefined {
    const place = this.skipped + (top - this.lead) / this.rowHeight
    const whole = Math.max(this.skipped, Math.min(this.matching.length - 1, Math.floor(place)))
    const row = this.rowAt(whole)
    return row === undefined ? undefined : { row, share: place - whole }
  }

  /** Where to scroll to, so that the anchor is at the upper edge; or the row after it, if it is gone. */
  topAt({ row, share }: Anchor): number {
    return this.clamp(this.topOf(placeOf(this.matching, row)) + share * this.rowHeight)
  }

  /** Where to scroll to from `top`, as little as may be, so that the place can be seen whole; the oldest with the note above. */
  reveal(place: number, top: number): number {
    if (place <= this.skipped) return 0
    const upper = this.topOf(place)
    return this.clamp(Math.min(upper, Math.max(top, upper + this.rowHeight - this.room)))
  }

  clamp(top: number): number {
    return Math.max(0, Math.min(this.end, top))
  }

  /** How many places `visible` gives at most. */
  mostVisible(beyond: number): number {
    return Math.ceil(this.room / this.rowHeight) + 1 + 2 * beyond
  }

  /** Places of which something can be seen, and `beyond` more at each edge: from the first to before the second. */
  visible(top: number, beyond: number): readonly [from: number, to: number] {
    const first = this.skipped + Math.floor((top - this.lead) / this.rowHeight)
    const last = this.skipped + Math.ceil((top - this.lead + this.room) / this.rowHeight)
    const from = Math.max(this.skipped, first - beyond)
    return [from, Math.max(from, Math.min(this.matching.length, last + beyond))]
  }
}
