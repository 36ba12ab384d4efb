import type { LinkStatus, Outcome, Port } from '@heliobus/core'
import { of } from 'rxjs'

/** A port that keeps what a transport gives it, for tests of transports. */
export interface RecordingPort extends Port {
  /** What was received, oldest first. */
  readonly messages: readonly unknown[]
  readonly statuses: readonly LinkStatus[]
  readonly gaps: readonly { readonly reason: string; readonly missing: number | undefined }[]
}

/** Answers every message with success, at once. Default origin: a new one. */
export function createRecordingPort(origin: string = crypto.randomUUID()): RecordingPort {
  const messages: unknown[] = []
  const statuses: LinkStatus[] = []
  const gaps: { reason: string; missing: number | undefined }[] = []
  const outcome: Outcome = { handled: 1, failed: [] }
  return {
    origin,
    messages,
    statuses,
    gaps,
    interest: of(['**']),
    receive(message) {
      messages.push(message)
      return Promise.resolve(outcome)
    },
    report: (status) => void statuses.push(status),
    gap: (reason, missing) => void gaps.push({ reason, missing }),
  }
}
