import type { LogLine, Logger, LogLevel } from '../src/index.ts'

/** A logger that keeps what it is told. */
export function recordingLogger(level: LogLevel = 'debug'): Logger & { readonly entries: LogLine[] } {
  const entries: LogLine[] = []
  return { level, entries, log: (entry) => entries.push(entry) }
}
