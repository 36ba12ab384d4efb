'use client'

export { BusDevtools, type BusDevtoolsProps } from './shell/bus-devtools.ts'
export type { DevtoolsOptions, LauncherPosition } from './shell/options.ts'
export type { WatchedBuses } from './shell/use-buses.ts'
export type { WatchedBus } from './panel/state/session.ts'
