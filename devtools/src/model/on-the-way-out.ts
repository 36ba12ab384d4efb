import type { DropReason } from '@heliobus/core'

/** Why an event that has its row already did not get any further: out of the process, or into a log. */
export const onTheWayOut: ReadonlySet<DropReason> = new Set<DropReason>([
  'outbox',
  'backlog',
  'unstorable',
  'unrecorded',
])
