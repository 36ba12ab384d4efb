import { type ChildProcess, fork } from 'node:child_process'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { type Sender, senders } from './senders.ts'
import { now, type Side } from './side.ts'
import type { Order, Report } from './worker.ts'

const worker = new URL('worker.js', import.meta.url)

/** Events that are sent before the network gets its turn. */
const STRETCH = 100

/** One side: it publishes here, and handles in another process. */
export class Contestant {
  readonly side: Side
  readonly #url: string
  readonly #sender: Sender
  readonly #child: ChildProcess
  readonly #reports: Report[] = []
  #wake: () => void = () => undefined

  private constructor(side: Side, url: string, sender: Sender) {
    this.side = side
    this.#url = url
    this.#sender = sender
    this.#child = fork(worker)
    this.#child.on('message', (report: Report) => {
      this.#reports.push(report)
      this.#wake()
    })
    this.#child.on('exit', () => this.#wake())
  }

  static async open(side: Side, url: string): Promise<Contestant> {
    const sender = await senders[side](url)
    const contestant = new Contestant(side, url, sender)
    await contestant.#take(0) // its group is there from now on
    return contestant
  }

  /** Microseconds an event until Redis has confirmed it: as fast as it goes. */
  async publish(count: number): Promise<number> {
    const begun = now()
    for (let sent = 1; sent <= count; sent++) {
      this.#sender.send(0)
      if (sent % STRETCH > 0 && sent < count) continue
      this.#sender.flush()
      await setImmediate()
    }
    await this.#sender.confirmed()
    return ((now() - begun) * 1_000) / count
  }

  /** Microseconds an event, for all that were published: handled and acknowledged. */
  async consume(count: number): Promise<number> {
    const ms = await this.#take(count)
    await this.#sender.tidy()
    return (ms * 1_000) / count
  }

  /** Sends `rate` events a second for so many ms, each when its time has come; answers with how long each was on its way. */
  async pace(rate: number, duration: number): Promise<readonly number[]> {
    const count = Math.round((rate * duration) / 1_000)
    this.#order(count)
    await this.#next('ready')
    const begun = now()
    for (let sent = 0; sent < count;) {
      for (; sent < count && now() - begun >= (sent * 1_000) / rate; sent++) {
        this.#sender.send(now())
        this.#sender.flush()
      }
      await setTimeout(1)
    }
    const all = await this.#next('all')
    await this.#next('gone')
    await this.#sender.tidy()
    return all.is === 'all' ? all.latencies : []
  }

  async close(): Promise<void> {
    this.#child.kill()
    await this.#sender.close()
  }

  async #take(count: number): Promise<number> {
    this.#order(count)
    const all = await this.#next('all')
    await this.#next('gone')
    return all.is === 'all' ? all.ms : 0
  }

  #order(count: number): void {
    this.#child.send({ side: this.side, url: this.#url, count } satisfies Order)
  }

  /** The next report of that kind; those before it are passed over. */
  async #next(kind: Report['is']): Promise<Report> {
    for (;;) {
      const report = this.#reports.shift()
      if (report?.is === kind) return report
      if (report !== undefined) continue
      if (this.#child.exitCode !== null) throw new Error(`${this.side} ended`)
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
