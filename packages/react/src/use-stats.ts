import type { Bus, BusStats, Clock } from '@heliobus/core'
import { useMemo, useSyncExternalStore } from 'react'
import { type StatsOptions, StatsSampler } from './stats-sampler.ts'

const empty: BusStats = {
  published: 0,
  delivered: 0,
  failures: 0,
  buried: 0,
  unhandled: 0,
  dropped: { history: 0, types: 0, iterators: 0, deadLetters: 0 },
  byType: {},
}
const nothing = (): BusStats => empty

interface Place {
  readonly bus: Bus
  readonly clock: Clock
}

/** `useStats` on a given bus. */
export function useStatsOf({ bus, clock }: Place, { every = 500 }: StatsOptions = {}): BusStats {
  const sampler = useMemo(() => new StatsSampler(bus, clock, every), [bus, clock, every])
  return useSyncExternalStore(sampler.subscribe, sampler.sample, nothing)
}
