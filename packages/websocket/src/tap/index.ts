export { type ExposedTap, exposeTap, type TappedBus } from './expose-tap.ts'
export type { AuthorizeViewer, ExposeOptions, TapLimits } from './settings.ts'
