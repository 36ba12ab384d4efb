import type { ClockOffset, Signal } from '@heliobus/core'
import { Crossings } from './crossings.ts'

/**
 * The clock of another process. Questions bound how far it is from ours, events that were seen at both ends bound it more
 * closely; in the middle of what is left it is at most half as wrong. Causes come before effects in any case.
 */
export class FarClock {
  readonly #crossings = new Crossings()
  #asked: ClockOffset | undefined = undefined

  /** False until it was read for the first time. */
  get isKnown(): boolean {
    return this.#asked !== undefined
  }

  /** What has to be added to a time of it, in ms. */
  get offset(): number {
    const { least: asked, most } = this.#asked ?? { least: 0, most: 0 }
    const seen = this.#crossings.offset
    const [low, high] = [Math.max(asked, seen.least), Math.min(most, seen.most)]
    if (low <= high) return (low + high) / 2
    // They contradict each other, for a clock has drifted: nothing arrives before it was sent.
    return seen.least <= seen.most ? clamp((asked + most) / 2, seen) : (asked + most) / 2
  }

  read(offset: ClockOffset): void {
    this.#asked = offset
    this.#crossings.forget()
  }

  /** A signal of either process, with the time of its own clock. */
  note(where: 'here' | 'there', signal: Signal): void {
    this.#crossings.note(where, signal)
  }

  /** It may be another machine by now. */
  forget(): void {
    this.#asked = undefined
    this.#crossings.forget()
  }
}

function clamp(value: number, { least, most }: ClockOffset): number {
  return Math.min(Math.max(value, least), most)
}
