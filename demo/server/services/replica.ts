import type { Clock } from '@heliobus/core'
import type { RemoteModule } from '../../src/modules/delegate.ts'
import type { WorkerFacts } from '../../src/station/service-facts.ts'
import type { GroupQuestion, WorkerMessage, WorkerOrder, WorkerReport, WorkerTask } from './messages.ts'
import { Questions } from './questions.ts'
import { LEASE } from './streams.ts'
import type { StartWorker, WorkerProcess } from './worker-process.ts'

/** How long a place stays empty, in ms: longer than it takes until another worker has its shards. */
export const VACANCY = 2 * LEASE
/** How long a paused worker stands still, in ms: longer than its lease. */
export const PAUSE = 2 * LEASE
/** How long a worker may take to end, in ms. */
export const END_WITHIN = 8_000

export interface ReplicaParts {
  readonly clock: Clock
  readonly startWorker: StartWorker
  /** What each process is started with. */
  readonly task: () => WorkerTask
  readonly heard: (message: WorkerMessage) => void
  /** Its process has begun to be silent. */
  readonly silenced: (why: 'killed' | 'paused' | 'ended') => void
}

const NOTHING = { handled: 0, failures: 0 }

type State = WorkerFacts['state']

/** A place in a service, and the process in it: when that dies, another one is started after a while. */
export class Replica {
  readonly #parts: ReplicaParts
  #process: WorkerProcess | undefined = undefined
  #pid = 0
  #state: State = 'coming back'
  #isKilled = false
  #isEnding = false
  #timer: unknown = undefined
  #fences: ReadonlyMap<number, number> = new Map()
  #report: WorkerReport | undefined = undefined
  #handled = 0
  /** What its processes that are gone have told. */
  #before = { ...NOTHING, redelivered: 0 }
  #ended: (() => void) | undefined = undefined
  readonly #questions = new Questions()

  constructor(parts: ReplicaParts) {
    this.#parts = parts
    this.#start()
  }

  /** The process that is there, or was there last. */
  get pid(): number {
    return this.#pid
  }

  get state(): State {
    return this.#state
  }

  /** Events that it has told of. */
  get handled(): number {
    return this.#handled
  }

  get redelivered(): number {
    return this.#before.redelivered + (this.#report?.redelivered ?? 0)
  }

  /** Calls of its module's handlers. */
  get done(): Pick<RemoteModule, 'handled' | 'failures'> {
    const { handled, failures } = this.#report?.module ?? NOTHING
    return { handled: this.#before.handled + handled, failures: this.#before.failures + failures }
  }

  /** What its module knows; undefined while nobody says. */
  get knows(): string | undefined {
    return this.#report?.module.state
  }

  /** By shard: the fence of the lease that its process had last. */
  get fences(): ReadonlyMap<number, number> {
    return this.#fences
  }

  /** As kill -9 does it. */
  kill(): void {
    this.#isKilled = true
    this.#process?.kill('SIGKILL')
  }

  /** For longer than its lease. False: it is not at work. */
  pause(): boolean {
    if (this.#state !== 'running') return false
    this.#process?.kill('SIGSTOP')
    this.#state = 'paused'
    this.#parts.silenced('paused')
    this.#later(PAUSE, () => this.#resume())
    return true
  }

  tell(order: WorkerOrder): void {
    this.#process?.tell(order)
  }

  /** Rejects when its process ends before it has answered. */
  ask(question: GroupQuestion): Promise<unknown> {
    return this.#questions.ask(question, (order) => this.tell(order))
  }

  /** Lets the process end its work, or ends it; resolves when it is gone. */
  async end(): Promise<void> {
    this.#isEnding = true
    this.#parts.clock.clearTimeout(this.#timer)
    const child = this.#process
    if (child === undefined) return
    const ended = new Promise<void>((resolve) => (this.#ended = resolve))
    child.kill('SIGTERM')
    child.kill('SIGCONT') // one that stands still hears nothing
    this.#later(END_WITHIN, () => child.kill('SIGKILL'))
    await ended
    this.#parts.clock.clearTimeout(this.#timer)
  }

  #start(): void {
    this.#fences = new Map()
    this.#isKilled = false
    this.#state = 'coming back'
    this.#process = this.#parts.startWorker(this.#parts.task(), {
      hear: (message) => this.#hear(message),
      exited: () => this.#exited(),
    })
    this.#pid = this.#process.pid
  }

  /** What was told in time is heard, even when it is read only after the end. */
  #hear(message: WorkerMessage): void {
    if (message.type !== 'handled' && this.#process === undefined) return
    if (message.type === 'ready') this.#state = 'running'
    if (message.type === 'handled') this.#handled += message.ids.length
    if (message.type === 'report') this.#note(message.report)
    if (message.type === 'answer') this.#questions.answered(message.number, message.answer)
    this.#parts.heard(message)
  }

  #note(report: WorkerReport): void {
    this.#report = report
    this.#fences = new Map(report.owned.map(({ shard, fence }) => [shard, fence]))
  }

  #resume(): void {
    this.#process?.kill('SIGCONT')
    this.#state = 'running'
  }

  #exited(): void {
    this.#process = undefined
    this.#questions.end()
    this.#keep()
    if (this.#state !== 'paused') this.#parts.silenced(this.#isKilled ? 'killed' : 'ended')
    this.#state = 'dead'
    if (this.#isEnding) this.#ended?.()
    else this.#later(VACANCY, () => this.#start())
  }

  /** The next process counts from 0. */
  #keep(): void {
    this.#before = { ...this.done, redelivered: this.redelivered }
    this.#report = undefined
  }

  #later(ms: number, run: () => void): void {
    this.#parts.clock.clearTimeout(this.#timer)
    this.#timer = this.#parts.clock.setTimeout(run, ms)
  }
}
