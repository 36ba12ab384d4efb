// Runs in the page: an app with a bus, a handful of topics, and a handler for each.
import { type Bus, createBus, systemClock } from '@heliobus/core'
import { dataOf, slowTopic, topicOf, topics } from './events.ts'

const SLOW = 25 // ms
const SLICE = 8 // ms

export class Load {
  readonly bus: Bus
  #published = 0
  #handled = 0
  /** Events before this one bear times of the past. */
  #present = 0
  #rate = 1

  /** Without history: what still holds an event is the panel. */
  constructor() {
    const clock = { ...systemClock, now: () => this.#now() }
    this.bus = createBus({ source: 'shop', history: { capacity: 0 }, clock })
    for (const topic of topics) this.bus.subscribe(topic, () => void this.#handled++)
    this.bus.subscribe(slowTopic, () => new Promise((resolve) => setTimeout(resolve, SLOW)))
  }

  get published(): number {
    return this.#published
  }

  /** Publishes the next event, and returns its data. */
  publish(): object {
    const n = this.#published++
    const data = dataOf(n)
    this.bus.publish(topicOf(n), data)
    return data
  }

  /** Publishes so many as fast as it can, and leaves the page room to draw. */
  async pump(count: number): Promise<void> {
    for (const end = this.#published + count; this.#published < end; await rest()) {
      const start = performance.now()
      while (this.#published < end && performance.now() - start < SLICE) this.publish()
    }
  }

  /** The next `count` events bear the times of `rate` a second, the last of them that of now. */
  backdate(count: number, rate: number): void {
    this.#present = this.#published + count
    this.#rate = rate
  }

  /** Publishes so many a second, and makes up for what was held up, until the returned function is called. */
  flow(rate: number): () => void {
    const [first, start] = [this.#published, performance.now()]
    const timer = setInterval(() => {
      const due = first + ((performance.now() - start) * rate) / 1_000
      while (this.#published < due) this.publish()
    }, 10)
    return () => clearInterval(timer)
  }

  #now(): number {
    const missing = Math.max(0, this.#present - this.#published)
    return Date.now() - (missing / this.#rate) * 1_000
  }
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
