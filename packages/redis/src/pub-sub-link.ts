import {
  createFrames,
  type Frames,
  type Link,
  type Port,
  type Rejection,
  type WireEvent,
} from '@heliobus/core'
import { Connection } from './connection.ts'
import { beginningOf, type Bundle, bundles, textOf } from './frame-text.ts'
import type { RedisPubSubOptions } from './pub-sub-options.ts'

type Answer = readonly Rejection[]

/** Events that wait for Redis to be back. */
interface Waiting {
  readonly events: readonly WireEvent[]
  readonly resolve: (answer: Promise<Answer>) => void
  readonly reject: (error: Error) => void
}

/** One link: a connection that speaks, and one that hears. */
export class PubSubLink implements Link {
  readonly #port: Port
  readonly #channel: string
  readonly #publish: 'PUBLISH' | 'SPUBLISH'
  readonly #longest: number
  readonly #frames: Frames
  /** How our messages begin: Redis sends them back to us. */
  readonly #ours: string
  readonly #voice: Connection
  readonly #ear: Connection
  #waiting: Waiting[] = []
  #isClosed = false

  constructor(port: Port, channel: string, { client, limits, clock, random }: RedisPubSubOptions) {
    const { messageCharacters = 16_000_000, ...patience } = limits ?? {}
    this.#port = port
    this.#channel = channel
    this.#publish = client.isCluster ? 'SPUBLISH' : 'PUBLISH'
    this.#longest = messageCharacters
    this.#frames = createFrames(port)
    this.#ours = beginningOf(this.#frames)
    const common = { limits: patience, clock, random }
    this.#voice = new Connection((ended) => client.open(ended), {
      ...common,
      report: (status, detail) => (status === 'open' ? this.#speakAgain() : port.report('lost', detail)),
    })
    this.#ear = new Connection((ended) => client.subscribe(channel, (text) => this.#hear(text), ended), {
      ...common,
      report: (status, detail) => (status === 'open' ? this.#hearAgain() : port.report('lost', detail)),
    })
  }

  async open(): Promise<void> {
    await this.#voice.open()
    try {
      await this.#ear.open()
    } catch (error) {
      await this.close()
      throw error
    }
  }

  send(events: readonly WireEvent[]): Promise<Answer> {
    if (this.#isClosed) throw new Error('the link is closed')
    if (this.#voice.status === 'open') return this.#speak(events)
    return new Promise((resolve, reject) => this.#waiting.push({ events, resolve, reject }))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the link is closed'))
    await Promise.all([this.#voice.close(), this.#ear.close()])
  }

  #speak(events: readonly WireEvent[]): Promise<Answer> {
    const all = bundles(events)
    const [only] = all
    return only !== undefined && all.length === 1 ? this.#say(only).then(none) : this.#sayAll(all)
  }

  #say(bundle: Bundle): Promise<unknown> {
    const text = textOf(this.#frames, this.#ours, bundle)
    return this.#voice.send([this.#publish, this.#channel, text], { key: this.#channel })
  }

  /** Each bundle has an outcome of its own; it is a failure only when all of them fail. */
  async #sayAll(all: readonly Bundle[]): Promise<Answer> {
    const outcomes = await Promise.allSettled(all.map((bundle) => this.#say(bundle)))
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    if (failed.length > 0 && failed.length === all.length) throw failed[0]?.reason
    return outcomes.flatMap((outcome, n) =>
      outcome.status === 'rejected' ? rejections(all[n]!, outcome.reason) : [],
    )
  }

  #speakAgain(): void {
    this.#reportOpen()
    for (const { events, resolve } of this.#waiting.splice(0)) resolve(this.#speak(events))
  }

  #hearAgain(): void {
    this.#port.gap('the link was lost')
    this.#reportOpen()
  }

  #reportOpen(): void {
    if (this.#voice.status === 'open' && this.#ear.status === 'open') this.#port.report('open')
  }

  /** What is no JSON goes on as a text: the port refuses it. */
  #hear(text: string): void {
    if (this.#isClosed || text.startsWith(this.#ours)) return
    if (text.length > this.#longest) this.#port.gap(`a message of ${text.length} characters was not read`)
    else this.#frames.unpack(parsed(text))
  }
}

function none(): Answer {
  return []
}

/** What becomes of the events of a bundle that Redis did not take. */
function rejections({ first, events }: Bundle, error: unknown): Answer {
  return events.map((_, n) => ({ index: first + n, reason: String(error) }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
