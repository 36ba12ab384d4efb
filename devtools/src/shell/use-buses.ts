import { useState } from 'react'
import type { WatchedBus } from '../panel/state/session.ts'

/** One bus or several, each a bus of `createBus`. */
export type WatchedBuses =
  | { readonly bus: WatchedBus; readonly buses?: never }
  | { readonly buses: readonly WatchedBus[]; readonly bus?: never }

/** The same list as long as it holds the same buses: it may be written out in JSX. */
export function useBuses({ bus, buses = [] }: WatchedBuses): readonly WatchedBus[] {
  return useSame(bus === undefined ? buses : [bus])
}

/** The same list as long as it holds the same. */
export function useSame<Item>(given: readonly Item[]): readonly Item[] {
  const [kept, keep] = useState(given)
  if (kept.length === given.length && kept.every((one, index) => one === given[index])) return kept
  keep(given)
  return given
}
