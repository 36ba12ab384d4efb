import { BusError, isBusError } from '@heliobus/core'

/** What PostgreSQL says, by its SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html). */
export function codedError(error: unknown, log: string): BusError {
  if (isBusError(error)) return error
  const state = stateOf(error)
  if (/^(55P03|40001|40P01)$/.test(state)) return new BusError('log-locked', { log }, error)
  if (state === '53100') return new BusError('log-full', { log }, error)
  if (state.startsWith('XX00') && state !== 'XX000')
    return new BusError('log-corrupt', { log, reason: messageOf(error) }, error)
  return new BusError('log-failed', { log }, error)
}

/** Whether it is what was sent that is at fault, and would be the next time, too: class 22, and limits that it exceeds. */
export function isRefusal(error: unknown): boolean {
  return isBusError(error) && /^(22|54)/.test(stateOf(error.cause))
}

/** In PostgreSQL's words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function stateOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
