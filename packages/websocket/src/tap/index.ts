export { type ExposedTap, exposeTap, type TappedBus } from './expose-tap.ts'
export type { ExposeOptions, TapLimits } from './settings.ts'
