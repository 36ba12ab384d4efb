import type { BusEvent } from './event.ts'
import type { LogLine } from './logger.ts'
import type { Task } from './task.ts'

/** What a log says of a call that has failed. `retryIn` ms it is made again; `undefined`: it has been given up. */
export function failureEntry(
  { subscription: { name }, event, attempt }: Task,
  error: unknown,
  retryIn: number | undefined,
): Omit<LogLine, 'level' | 'bus'> {
  const next =
    retryIn === undefined
      ? `it has given up after attempt ${attempt}`
      : `attempt ${attempt + 1} follows in ${Math.round(retryIn)} ms`
  return {
    message: `the handler "${name}" failed; ${next}`,
    event: brief(event),
    handler: name,
    attempt,
    error,
  }
}

/** An event without its data: what is secret there must not reach a log. */
export function brief({ id, type, source, correlationId }: BusEvent): NonNullable<LogLine['event']> {
  return { id, type, source, correlationId }
}
