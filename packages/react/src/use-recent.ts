import type { Bus, BusEvent, Clock, Patterns } from '@heliobus/core'
import { useMemo, useSyncExternalStore } from 'react'
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

function useRecent({ bus, clock }: Place, pattern: Patterns, limit: number, every: number): RecentEvents {
  const patterns = usePatterns(pattern)
  return useMemo(
    () => new RecentEvents(bus, clock, patterns, limit, every),
    [bus, clock, patterns, limit, every],
  )
}
