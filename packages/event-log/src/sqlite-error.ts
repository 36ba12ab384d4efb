import { BusError, isBusError } from '@heliobus/core'

/** What SQLite says of the file, by the first words of its codes (sqlite.org/rescode.html). */
export function codedError(error: unknown, log: string): BusError {
  if (isBusError(error)) return error
  const code = codeOf(error)
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new BusError('log-locked', { log }, error)
  if (code.startsWith('SQLITE_FULL')) return new BusError('log-full', { log }, error)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new BusError('log-corrupt', { log, reason: error instanceof Error ? error.message : code }, error)
  return new BusError('log-failed', { log }, error)
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
