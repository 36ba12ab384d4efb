import { BusError, isBusError } from '@heliobus/core'

/** What the browser says of a database, by the names of its errors (the IndexedDB specification, section 3). */
export function codedError(error: unknown, log: string): BusError {
  if (isBusError(error)) return error
  return new BusError(nameOf(error) === 'QuotaExceededError' ? 'log-full' : 'log-failed', { log }, error)
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : ''
}
