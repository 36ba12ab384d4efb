// Runs in a process of its own, which is killed: records events, and keeps a ledger of what it may count on.
import { createBus, type EventLog, record } from '@heliobus/core'
import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { openSqliteLog } from '../src/sqlite.ts'

const [, , file = '', ledger = '', run = '', manner = ''] = process.argv
const BATCH = 50

/** Ways to store that promise less. */
const mutants: Readonly<Record<string, (log: EventLog) => EventLog['append']>> = {
  /** Says that events are stored, and stores them later. */
  hasty: (log) => async (events) => void setTimeout(20).then(() => log.append(events)),
  /** Stores a batch in pieces. */
  piecemeal: (log) => async (events) => {
    for (const event of events) await log.append([event])
  },
}

function mutated(log: EventLog): EventLog {
  return {
    append: mutants[manner]?.(log) ?? ((events) => log.append(events)),
    read: (query) => log.read(query),
    count: (query) => log.count(query),
    prune: (before, keep) => log.prune(before, keep),
    close: () => log.close(),
  }
}

const log = mutated(await openSqliteLog(file))
const bus = createBus({ source: run })
const recording = record(bus, log, {
  batch: { size: BATCH },
  retention: false,
})

for (let batch = 0; ; batch++) {
  appendFileSync(ledger, `intent ${run} ${batch}\n`)
  for (let n = 0; n < BATCH; n++) bus.publish('counted', { batch, n, filler: 'x'.repeat(200) })
  await recording.flush()
  appendFileSync(ledger, `accepted ${run} ${batch}\n`)
}
