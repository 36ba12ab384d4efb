import type { EarlySignals } from './early-signals.ts'
import type { Host } from './host.ts'
import type { Launcher } from './launcher.ts'
import type { DevtoolsOptions } from './options.ts'

/** What stands in the page by now, and what to go by. */
export interface Mounted {
  readonly host: Host
  readonly launcher: Launcher
  readonly signals: readonly EarlySignals[]
  readonly options: DevtoolsOptions
}
