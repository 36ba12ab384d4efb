import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Ledger } from '../../../../testing/test/faults/ledger.ts'
import { compiled } from '../../compiled.ts'
import type { HubProcessOptions, Told } from './hub-process-options.ts'

/** A hub in a process of its own, and what its bus handles. */
export class RemoteHub {
  readonly ledger: Ledger = new Ledger()
  readonly name: string
  readonly #process: ChildProcess
  port = 0
  /** It was there before anything was published, so its bus has to have all. */
  readonly isFirst: boolean

  private constructor(options: HubProcessOptions, process: ChildProcess, heard: (told: Told) => void) {
    this.name = options.name
    this.isFirst = options.isFirst
    this.#process = process
    process.on('message', (told: Told) => {
      this.#note(told)
      heard(told)
    })
  }

  /** Resolves when it listens. */
  static async start(options: HubProcessOptions, heard: (told: Told) => void): Promise<RemoteHub> {
    const file = await compiled(new URL('hub-process.ts', import.meta.url))
    const child = spawn(process.execPath, [file, JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const hub = new RemoteHub(options, child, heard)
    await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (!hub.isAlive) throw new Error(`${options.name} has ended`)
    return hub
  }

  get isAlive(): boolean {
    return (this.#process.exitCode ?? this.#process.signalCode) === null
  }

  /** Its bus publishes so many events. */
  publish(count: number): void {
    this.#process.send(count)
  }

  /** It does nothing at all, while its connections stay as they are. */
  pause(): void {
    this.#process.kill('SIGSTOP')
  }

  resume(): void {
    this.#process.kill('SIGCONT')
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }

  #note(told: Told): void {
    if ('port' in told) this.port = told.port
    else if ('handled' in told) this.ledger.handled.push(told.handled)
    else if ('gap' in told) this.ledger.gaps.push(told.gap)
    else if ('repeat' in told) this.ledger.repeats++
  }
}
