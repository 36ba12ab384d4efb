import type { EventLog } from '@heliobus/core'
import type { ContractCase, ContractSubject } from './contract.ts'

/** A kind of log that is put to the test. */
export interface LogSubject extends ContractSubject {
  readonly traits: {
    /** What is stored outlives the log that stored it. */
    readonly durable: boolean
  }
  /** A place for entries, without any: another one with every call. */
  store(): Promise<LogStore>
}

export interface LogStore {
  /** A log over this store: another one with every call, or the one that there can be. */
  open(): Promise<EventLog>
  /** Frees what the store takes up; every log is closed by then. */
  remove?(): Promise<void>
}

type Run = (log: EventLog, open: () => Promise<EventLog>) => Promise<void>

/** A case about one log over a store of its own; `open` gives more of the same store. All are closed in the end. */
export function overStore(
  name: string,
  run: Run,
  needs: readonly (keyof LogSubject['traits'])[] = [],
): ContractCase<LogSubject> {
  return { name, needs, run: (subject) => withStore(subject, run) }
}

async function withStore(subject: LogSubject, run: Run): Promise<void> {
  const store = await subject.store()
  const logs: EventLog[] = []
  const open = async (): Promise<EventLog> => {
    const log = await store.open()
    logs.push(log)
    return log
  }
  try {
    await run(await open(), open)
  } finally {
    for (const log of logs) await log.close()
    await store.remove?.()
  }
}
