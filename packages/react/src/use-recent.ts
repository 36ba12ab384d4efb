import type { Bus, BusEvent, Clock, Patterns } from '@heliobus/core'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { usePatterns } from './patterns.ts'
import { type HistoryOptions, RecentEvents, type RenderOptions } from './recent-events.ts'

const none: readonly BusEvent[] = []
const nothing = (): undefined => undefined

interface Place {
  readonly bus: Bus
  readonly clock: Clock
}

/** `useLatest` on a given bus. */
export function useLatestOf(
  place: Place,
  pattern: Patterns,
  { every = 0 }: RenderOptions = {},
): BusEvent | undefined {
  const recent = useRecent(place, pattern, 1, every)
  return useSyncExternalStore(recent.subscribe, recent.newest, nothing)
}

/** `useHistory` on a given bus. */
export function useHistoryOf(
  place: Place,
  pattern: Patterns,
  { limit = 100, every = 0 }: HistoryOptions = {},
): readonly BusEvent[] {
  const recent = useRecent(place, pattern, limit, every)
  const newest = useSyncExternalStore(recent.subscribe, recent.newest, nothing)
  return useMemo(() => (newest === undefined ? none : recent.events()), [recent, newest])
}

/** The same until something else is asked for; then one that goes on from it. */
function useRecent(place: Place, pattern: Patterns, limit: number, every: number): RecentEvents {
  const query = { ...place, patterns: usePatterns(pattern), limit, every }
  const [kept, keep] = useState(() => new RecentEvents(query))
  if (kept.answers(query)) return kept
  const next = new RecentEvents(query, kept)
  keep(next)
  return next
}
