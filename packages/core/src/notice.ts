import type { Alert } from './alerts.ts'
import { brief } from './failure-entry.ts'
import type { LogLine } from './logger.ts'
import type { DropReason, Memory, Signal, SignalFacts } from './signal.ts'

type Notice = Omit<LogLine, 'bus'>

/** What a signal is worth to who only reads the log: alerts, and losses. */
export function noticeOf(facts: SignalFacts): Notice | undefined {
  if (facts.type === 'alert') return alertNotice(facts.alert)
  if (facts.type === 'overflow') return overflowNotice(facts)
  if (facts.type === 'dropped') return dropNotice(facts)
  if (facts.type === 'log' && facts.status === 'failed') return failureNotice(facts)
  return undefined
}

function alertNotice({ name, threshold, on, window }: Alert): Notice {
  return { level: 'error', message: `alert "${name}": ${threshold} × ${on} within ${window} ms` }
}

function overflowNotice({
  memory,
  capacity,
}: {
  readonly memory: Memory
  readonly capacity: number
}): Notice {
  const level = memory === 'history' ? 'debug' : 'warn' // a history is meant to run over
  return { level, message: `${memory}: more than ${capacity}; what has no place is dropped and counted` }
}

const losses: Partial<Record<DropReason, string>> = {
  unstorable: 'an event is not recorded: its log cannot hold it',
  unrecorded: 'an event is not recorded: the recording ended before it was stored',
}

function dropNotice({
  event,
  reason,
  error,
}: Omit<Extract<Signal, { type: 'dropped' }>, 'at'>): Notice | undefined {
  const message = losses[reason]
  return message === undefined ? undefined : { level: 'error', message, event: brief(event), error }
}

function failureNotice({ log, waiting, error }: { log: string; waiting: number; error: unknown }): Notice {
  return { level: 'error', message: `the log "${log}" failed; ${waiting} events wait`, error }
}
