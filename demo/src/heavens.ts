import { type SkyMoment, skyMoments } from './almanac.ts'

export interface HeavensOptions {
  readonly seed: number
  /** The first date, epoch ms. */
  readonly start: number
  readonly onMoment: (moment: SkyMoment) => void
}

/** The sky over the observatory, where time runs as fast as you like. */
export interface Heavens {
  /** The date there, epoch ms. */
  readonly date: number
  /** Lets so many ms pass there, and tells what happens in them, in order. */
  readonly pass: (ms: number) => void
}

export function createHeavens({ seed, start, onMoment }: HeavensOptions): Heavens {
  const moments = skyMoments(seed, start)
  let date = start
  // Looked up only when time passes: a sky that stands still costs nothing.
  let next: SkyMoment | undefined

  return {
    get date() {
      return date
    },
    pass(ms) {
      date += ms
      next ??= moments.next().value
      for (; next.at < date; next = moments.next().value) onMoment(next)
    },
  }
}
