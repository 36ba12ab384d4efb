import { once } from 'node:events'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type Carrier, carriers, order } from './carriers.ts'
import type { CarrierName, Order, Report } from './receiver.ts'

const receiver = new URL('receiver.js', import.meta.url).href

/** Events that are sent before the network gets its turn. */
const STRETCH = 100

/** A server in this thread, and its clients in another. */
export class Line {
  readonly #carrier: Carrier
  readonly #worker: Worker
  readonly #clients: number

  private constructor(carrier: Carrier, worker: Worker, clients: number) {
    this.#carrier = carrier
    this.#worker = worker
    this.#clients = clients
  }

  static async open(name: CarrierName, clients: number): Promise<Line> {
    const carrier = await carriers[name]()
    const worker = new Worker(`import(${JSON.stringify(receiver)})`, { eval: true })
    const line = new Line(carrier, worker, clients)
    await line.#ask({ do: 'connect', carrier: name, url: carrier.url, clients })
    return line
  }

  /** Sends `count` events, `batch` of them a task; answers with the microseconds an event, until the last client has the last. */
  async send(count: number, batch: number): Promise<number> {
    await this.#ask({ do: 'count', count: count * this.#clients })
    const all = this.#next()
    const begun = performance.now()
    for (let sent = 0; sent < count; sent += batch) {
      for (let one = 0; one < batch; one++) this.#carrier.send(order(0))
      await (sent % STRETCH === 0 ? setImmediate() : Promise.resolve())
    }
    await all
    return ((performance.now() - begun) * 1_000) / (count * this.#clients)
  }

  /** Sends `rate` events a second for so many ms, each when its time has come; answers with how long each was on its way. */
  async pace(rate: number, ms: number): Promise<readonly number[]> {
    const count = Math.round((rate * ms) / 1_000)
    await this.#ask({ do: 'count', count: count * this.#clients })
    const all = this.#next()
    const begun = performance.now()
    for (let sent = 0; sent < count;) {
      for (; sent < count && performance.now() - begun >= (sent * 1_000) / rate; sent++)
        this.#carrier.send(order(performance.timeOrigin + performance.now()))
      await setTimeout(1)
    }
    const report = await all
    return report.is === 'all' ? report.latencies : []
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
    await this.#carrier.close()
  }

  async #next(): Promise<Report> {
    const [report]: Report[] = await once(this.#worker, 'message')
    return report!
  }

  async #ask(what: Order): Promise<void> {
    const ready = this.#next()
    this.#worker.postMessage(what)
    await ready
  }
}
