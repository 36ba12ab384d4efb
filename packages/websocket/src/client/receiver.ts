import type { Port } from '@heliobus/core'
import type { Place } from '../protocol/frames.ts'

/** The bus, as far as a session needs it. */
export interface Receiver extends Pick<Port, 'receive' | 'report' | 'gap'> {
  readonly interest: Interest
  /** All that came up to this place has been received. */
  moved?(place: Place): void
}

/** The patterns that are wanted; now, and whenever they change. */
export interface Interest {
  subscribe(next: (patterns: readonly string[]) => void): { unsubscribe(): void }
}
