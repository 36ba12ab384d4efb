'use client'

export { BusDevtoolsPanel, type BusDevtoolsPanelProps } from './shell/bus-devtools-panel.tsx'
export type { WatchedBuses } from './shell/use-buses.ts'
export type { WatchedBus } from './panel/state/session.ts'
