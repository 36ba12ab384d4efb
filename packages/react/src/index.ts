export { type BusHooks, type BusProviderProps, createBusHooks } from './bus-hooks.tsx'
export type { HistoryOptions, RenderOptions } from './recent-events.ts'
export type { StatsOptions } from './stats-sampler.ts'
