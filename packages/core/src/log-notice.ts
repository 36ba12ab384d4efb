import type { BusError } from './errors.ts'
import type { BusEvent } from './event.ts'
import { brief } from './failure-entry.ts'
import type { Inlet } from './inlet.ts'
import type { DropReason } from './signal.ts'

/** Says that a log has failed; it is tried again in `retryIn` ms, or with the next occasion. */
export function tellFailure(
  inlet: Inlet,
  log: string,
  error: BusError,
  waiting: number,
  retryIn: number | undefined,
): void {
  const message = `the log "${log}" failed; ${waiting} events wait`
  inlet.tell(
    { type: 'log', log, status: 'failed', error, waiting, retryIn },
    { level: 'error', message, error },
  )
}

const losses: Partial<Record<DropReason, string>> = {
  unstorable: 'its log cannot hold it',
  unrecorded: 'the recording ended before it was stored',
}

/** Says that an event will not be in a log. */
export function tellLoss(inlet: Inlet, event: BusEvent, reason: DropReason, error: unknown): void {
  const why = losses[reason]
  const message = `an event is not recorded: ${why}`
  const notice = { level: 'error', message, event: brief(event), error } as const
  inlet.tell({ type: 'dropped', event, reason, error }, why === undefined ? undefined : notice)
}
