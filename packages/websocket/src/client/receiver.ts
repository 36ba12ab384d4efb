import type { Port } from '@heliobus/core'

/** The bus, as far as a session needs it. */
export interface Receiver extends Pick<Port, 'receive' | 'report' | 'gap'> {
  readonly interest: Interest
}

/** The patterns that are wanted; now, and whenever they change. */
interface Interest {
  subscribe(next: (patterns: readonly string[]) => void): { unsubscribe(): void }
}
