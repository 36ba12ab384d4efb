import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { WorkerMessage, WorkerOrder, WorkerTask } from './messages.ts'

/** A process that does a worker's task. */
export interface WorkerProcess {
  readonly pid: number
  kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void
  tell(order: WorkerOrder): void
}

/** What is heard of it. After `exited` nothing more. */
interface WorkerEars {
  readonly hear: (message: WorkerMessage) => void
  readonly exited: () => void
}

export type StartWorker = (task: WorkerTask, ears: WorkerEars) => WorkerProcess

const program = fileURLToPath(new URL('worker.js', import.meta.url))

/** In a Node of its own. What it prints is printed here. */
export const startWorkerProcess: StartWorker = (task, { hear, exited }) => {
  const child = fork(program)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sent by `worker.ts` alone
  child.on('message', (message) => hear(message as WorkerMessage))
  child.on('error', () => undefined) // it could not be started, or told: `close` comes, too
  child.once('close', exited)
  const tell = (order: WorkerOrder): void => void (child.connected && child.send(order))
  tell({ type: 'task', task })
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), tell }
}
