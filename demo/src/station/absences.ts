import type { AnyBus } from '@heliobus/core'

/** A time without the hub. */
export interface Absence {
  /** Epoch ms. */
  readonly from: number
  /** Undefined: it lasts. */
  readonly until: number | undefined
  /** The most events that waited in this browser; they went out when it was over. */
  readonly waited: number
  /** What the hub could not make up for; `missing` events, if that is known. */
  readonly gap: { readonly reason: string; readonly missing: number | undefined } | undefined
}

/** What is known of the times without the hub. */
export interface Absences {
  /** The newest few, the newest first. */
  readonly list: readonly Absence[]
  /** So many events wait. */
  readonly note: (waiting: number) => void
}

const KEPT = 3

/** Watches a link of a bus, as long as the bus lasts. */
export function watchAbsences({ tap$ }: Pick<AnyBus, 'tap$'>, link: string): Absences {
  let absences: readonly Absence[] = []
  const begin = (from: number, until?: number): void => {
    absences = [{ from, until, waited: 0, gap: undefined }, ...absences].slice(0, KEPT)
  }
  const change = (part: Partial<Absence>): void => {
    const [newest, ...others] = absences
    if (newest !== undefined) absences = [{ ...newest, ...part }, ...others]
  }
  tap$.subscribe((signal) => {
    if (!('link' in signal) || signal.link !== link) return
    const { at } = signal
    if (signal.type === 'gap') {
      if (absences.length === 0) begin(at, at)
      change({ gap: { reason: signal.reason, missing: signal.missing } })
    } else if (signal.type === 'link') {
      if (signal.status === 'lost') begin(at)
      if (signal.status === 'open') change({ until: at })
    }
  })
  return {
    get list() {
      return absences
    },
    note(waiting) {
      const [newest] = absences
      if (newest?.until === undefined) change({ waited: Math.max(newest?.waited ?? 0, waiting) })
    },
  }
}
