import type { Alert } from './alerts.ts'
import type { LogLine } from './logger.ts'
import type { Memory, SignalFacts } from './signal.ts'

/** What a logger is to write. */
export type Notice = Omit<LogLine, 'bus'>

/** What a signal is worth to who only reads the log, whoever tells it: alerts, and bounds that were reached. */
export function noticeOf(facts: SignalFacts): Notice | undefined {
  if (facts.type === 'alert') return alertNotice(facts.alert)
  return facts.type === 'overflow' ? overflowNotice(facts.memory, facts.capacity) : undefined
}

function alertNotice({ name, threshold, on, window }: Alert): Notice {
  return { level: 'error', message: `alert "${name}": ${threshold} × ${on} within ${window} ms` }
}

function overflowNotice(memory: Memory, capacity: number): Notice {
  const level = memory === 'history' ? 'debug' : 'warn' // a history is meant to run over
  return { level, message: `${memory}: more than ${capacity}; what has no place is dropped and counted` }
}
