import type {
  AlertCause,
  Cancellation,
  DropReason,
  GroupAction,
  LetterKind,
  LinkStatus,
  Memory,
  Warning,
} from '@heliobus/core'

// The words that signals are made of. The compiler sees to it that none is missing.

export const dropReasons: Readonly<Record<DropReason, true>> = {
  middleware: true,
  'middleware-failed': true,
  echo: true,
  repeat: true,
  hops: true,
  outbox: true,
  backlog: true,
  unstorable: true,
  unrecorded: true,
}

export const memories: Readonly<Record<Memory, true>> = {
  history: true,
  types: true,
  iterator: true,
  'seen-ids': true,
  outbox: true,
  'dead-letters': true,
  retained: true,
  backlog: true,
}

export const warnings: Readonly<Record<Warning, true>> = {
  'schema-unstable': true,
  'payload-large': true,
  'payload-secret': true,
  'subscriptions-many': true,
  'consumer-group': true,
}

export const linkStatuses: Readonly<Record<LinkStatus, true>> = {
  connecting: true,
  open: true,
  lost: true,
  closed: true,
}

export const cancellations: Readonly<Record<Cancellation, true>> = {
  unsubscribed: true,
  superseded: true,
  exhausted: true,
}

export const letterKinds: Readonly<Record<LetterKind, true>> = {
  failed: true,
  overflow: true,
  invalid: true,
  unrouted: true,
}

export const alertCauses: Readonly<Record<AlertCause, true>> = {
  'dead-letters': true,
  failures: true,
  slow: true,
}

export const logStatuses = { failed: true, recovered: true, pruned: true } as const

export const groupActions: Readonly<Record<GroupAction, true>> = {
  redrive: true,
  discard: true,
  release: true,
  skip: true,
}
