import type { DeadLetter } from '@heliobus/core'

/** A dead letter as it is listed: one of the bus, or of a consumer group in another process. */
export interface ListedLetter extends Pick<
  DeadLetter,
  'id' | 'event' | 'handler' | 'attempts' | 'error' | 'at'
> {
  readonly kind: string
  /** The group that gave up; absent for the bus. */
  readonly group?: string
  /** How often its handler was called, when its attempts have stayed where they were. */
  readonly calls?: number
}
