import type { EventLog } from './event-log.ts'

interface Flushable {
  flush(): Promise<void>
}

/** Who writes into which log, in this process. */
const byLog = new WeakMap<EventLog, Set<Flushable>>()

/** A recording goes on until the returned function is called. */
export function recordingInto(log: EventLog, recording: Flushable): () => void {
  const all = byLog.get(log) ?? new Set()
  byLog.set(log, all.add(recording))
  return () => all.delete(recording)
}

/** Resolves when the log has all that was published up to now and is recorded into it by this process. */
export async function recordedInto(log: EventLog): Promise<void> {
  const all = [...(byLog.get(log) ?? [])]
  await Promise.all(all.map((recording) => recording.flush()))
}
