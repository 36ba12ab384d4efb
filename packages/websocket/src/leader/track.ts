import type { Place } from '../protocol/frames.ts'

/** Places remembered: a new leader goes on where it was itself, which may be a little behind the others. */
const REMEMBERED = 1_000

/** Where a tab is in the stream that the leaders hand on. */
export class Track {
  #place: Place | undefined = undefined
  readonly #recent = new Set<string>()

  get place(): Place | undefined {
    return this.#place
  }

  /** Whether something may lie between what this tab has heard and what comes after that place. */
  misses(after: Place | undefined): boolean {
    return this.#place !== undefined && !(after !== undefined && this.#recent.has(keyOf(after)))
  }

  moveTo(place: Place): void {
    this.#place = place
    this.#recent.add(keyOf(place))
    if (this.#recent.size > REMEMBERED) this.#recent.delete(this.#recent.values().next().value!)
  }
}

function keyOf({ epoch, offset }: Place): string {
  return `${epoch} ${offset}`
}
