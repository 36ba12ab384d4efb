// A worker: one replica of a service, in a process of its own. Its supervisor starts it, and hears from it.
import { bridge, createBus, systemClock } from '@heliobus/core'
import { catalog } from '../../src/catalog/catalog.ts'
import { startModule } from '../../src/modules/modules.ts'
import { createMailService } from '../../src/services/mail-service.ts'
import { answerOver } from './answer-over.ts'
import type { WorkerMessage, WorkerOrder, WorkerTask } from './messages.ts'
import { createNotes } from './notes.ts'
import { reportOf } from './report-of.ts'
import { tellingSettled } from './settled.ts'
import { streamsOf } from './streams.ts'
import { tellOfLetter } from './tell-of-letter.ts'

const REPORTS = 700 // ms between two
const END_WITHIN = 7_000 // ms

process.on('SIGINT', () => undefined) // Ctrl-C reaches all: the supervisor says when

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the supervisor alone
const task = JSON.parse(process.argv[2] ?? '{}') as WorkerTask
const { service, isMailDown } = task

// What a group handles is published on another bus than it is handled on: else it would be handled here, and elsewhere too.
const [hearing, speaking] = [createBus({ catalog, source: service }), createBus({ catalog, source: service })]
const mail = createMailService(systemClock)
mail.setDown(isMailDown)
const module = startModule(service, hearing, {
  clock: systemClock,
  mail,
  isOnlyPlace: true,
  answer: answerOver(speaking),
})

const group = streamsOf(task, service)
let redelivered = 0
group.signals$.subscribe((signal) => {
  if (signal.type === 'redelivered') redelivered += signal.count
  if (signal.type === 'buried') tellOfLetter(speaking, service, signal.letter)
})

/** Resolves when the pipe has it: then it outlives this process. */
function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve() // nobody is left to be told: the end is near
    else process.send(message, () => resolve())
  })
}

let isEnding = false

/** What was begun is ended, and the shards are handed on; where that takes too long, as when Redis is gone, not. */
async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  systemClock.setTimeout(() => process.exit(1), END_WITHIN)
  await hears.close()
  await speaks.close()
  process.exit(0)
}

function report(): void {
  void group
    .inspect()
    .then((shards) => tell({ type: 'report', report: reportOf(group, module, redelivered, shards) }))
    .catch(() => undefined) // Redis is not there; the next time, then
    .then(() => systemClock.setTimeout(report, REPORTS))
}

const topics = [...catalog].map(({ type }) => type)
const speaks = await bridge(speaking, streamsOf(task), { send: topics })
const notes = createNotes((ids) => tell({ type: 'handled', ids }))
const hears = await bridge(hearing, tellingSettled(group, notes), { send: [] })

process.on('SIGTERM', () => void end())
process.on('disconnect', () => void end()) // the supervisor is dead
if (!process.connected) void end()
process.on('message', (order: WorkerOrder) => {
  if (order.type === 'mail') mail.setDown(order.isDown)
  else void group.deadLetters.redrive({}).catch(() => undefined) // Redis is not there; whoever asked sees them, and asks again
})
await tell({ type: 'ready' })
report()
