// A worker: one replica of a service, in a process of its own. Its supervisor starts it, and hears from it.
import { systemClock } from '@heliobus/core'
import { createMailService } from '../../src/services/mail-service.ts'
import type { WorkerMessage, WorkerOrder, WorkerTask } from './messages.ts'
import { createNotes } from './notes.ts'
import { openWorker, type Worker } from './open-worker.ts'

const REPORTS = 700 // ms between two
const END_WITHIN = 7_000 // ms

const mail = createMailService(systemClock)
const notes = createNotes((ids) => tell({ type: 'handled', ids }))
let opening: Promise<Worker> | undefined
let isEnding = false

/** Resolves when the pipe has it: then it outlives this process. */
function tell(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve() // nobody is left to be told: the end is near
    else process.send(message, () => resolve())
  })
}

async function begin(task: WorkerTask): Promise<void> {
  mail.setDown(task.isMailDown)
  opening = openWorker(task, mail, notes)
  const worker = await opening
  await tell({ type: 'ready' })
  report(worker)
}

function report(worker: Worker): void {
  void worker
    .report()
    .then((news) => tell({ type: 'report', report: news }))
    .catch(() => undefined) // Redis is not there; the next time, then
    .then(() => systemClock.setTimeout(() => report(worker), REPORTS))
}

async function hear(order: WorkerOrder): Promise<void> {
  if (order.type === 'task') return begin(order.task)
  if (order.type === 'mail') return mail.setDown(order.isDown)
  const worker = await opening
  if (order.type === 'redrive') await worker?.redrive().catch(() => undefined) // whoever asked sees what is left
  else if (worker !== undefined)
    await tell({ type: 'answer', number: order.number, answer: await worker.answer(order.question) })
}

/** What was begun is ended, and the shards are handed on; where that takes too long, as when Redis is gone, not. */
async function end(): Promise<void> {
  if (isEnding) return
  isEnding = true
  systemClock.setTimeout(() => process.exit(1), END_WITHIN)
  const worker = await opening
  await worker?.close()
  process.exit(0)
}

process.on('SIGINT', () => undefined) // Ctrl-C reaches all: the supervisor says when
process.on('SIGTERM', () => void end())
process.on('disconnect', () => void end()) // the supervisor is dead
process.on('message', (order: WorkerOrder) => void hear(order))
