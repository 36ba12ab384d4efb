export { mountDevtools } from './shell/mount.ts'
export type { DevtoolsOptions, LauncherPosition } from './shell/options.ts'
export type { WatchedBus } from './panel/state/session.ts'
