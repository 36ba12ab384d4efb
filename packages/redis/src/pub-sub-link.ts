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

/** An event that Redis did not take. */
interface Failure extends Rejection {
  readonly error: unknown
}

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
  /** What Redis sends back to us. */
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

  async #speak(events: readonly WireEvent[]): Promise<Answer> {
    const failures = (await Promise.all(bundles(events).map((bundle) => this.#say(bundle)))).flat()
    if (failures.length > 0 && failures.length === events.length) throw failures[0]!.error
    return failures
  }

  /** Resolves to what Redis did not take: all of it, or nothing. */
  async #say(bundle: Bundle): Promise<Failure[]> {
    try {
      const text = textOf(this.#frames, bundle)
      await this.#voice.send([this.#publish, this.#channel, text], { key: this.#channel })
      return []
    } catch (error) {
      return bundle.texts.map((_, n) => ({ index: bundle.first + n, reason: String(error), error }))
    }
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
