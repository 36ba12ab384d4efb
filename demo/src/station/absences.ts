import type { AnyBus } from '@heliobus/core'

/** A time without the hub. */
export interface Absence {
  /** Epoch ms. */
  readonly from: number
  /** Undefined: it lasts. */
  readonly until: number | undefined
  /** Events that waited in this tab when it was over; they went out then. */
  readonly waited: number
  /** What the hub could not make up for; `missing` events, if that is known. */
  readonly gap: { readonly reason: string; readonly missing: number | undefined } | undefined
}

const KEPT = 3

/** Watches a link of a bus, as long as the bus lasts. Answers with its newest absences, the newest first. */
export function watchAbsences(
  { tap$ }: Pick<AnyBus, 'tap$'>,
  link: string,
  waiting: () => number,
): () => readonly Absence[] {
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
      if (signal.status === 'open') change({ until: at, waited: waiting() })
    }
  })
  return () => absences
}
