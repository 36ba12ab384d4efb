import {
  createFrames,
  type Frames,
  type Link,
  type Port,
  type Rejection,
  type WireEvent,
} from '@heliobus/core'
import { Connection } from '../connection.ts'
import { beginningOf, bundles, textOf } from './frame-text.ts'
import type { RedisPubSubOptions } from './pub-sub-options.ts'

/** Events that somebody wants to send, and how they hear of it. */
interface Saying {
  readonly events: readonly WireEvent[]
  readonly resolve: (rejections: readonly Rejection[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * One link: a connection that speaks, and one that hears. While Redis has not answered what was said, more waits, and goes
 * together: the busier, the larger the messages, and when the connection is lost only what was on the way is in doubt.
 */
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
  #waiting: Saying[] = []
  #speaking: Promise<void> | undefined = undefined
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

  send(events: readonly WireEvent[]): Promise<readonly Rejection[]> {
    if (this.#isClosed) throw new Error('the link is closed')
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject })
      this.#speak()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#speaking
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the link is closed'))
    await Promise.all([this.#voice.close(), this.#ear.close()])
  }

  #speak(): void {
    if (this.#voice.status === 'open' && this.#waiting.length > 0) this.#speaking ??= this.#speakOn()
  }

  async #speakOn(): Promise<void> {
    while (this.#voice.status === 'open' && this.#waiting.length > 0) await this.#say(this.#waiting.splice(0))
    this.#speaking = undefined
  }

  async #say(sayings: readonly Saying[]): Promise<void> {
    const failures = new Map<number, unknown>()
    await Promise.all(
      bundles(sayings.flatMap(({ events }) => events)).map(async (bundle) => {
        const text = textOf(this.#frames, this.#ours, bundle)
        try {
          await this.#voice.send([this.#publish, this.#channel, text], { key: this.#channel })
        } catch (error) {
          for (const index of bundle.events.keys()) failures.set(bundle.first + index, error)
        }
      }),
    )
    answer(sayings, failures)
  }

  #speakAgain(): void {
    this.#reportOpen()
    this.#speak()
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

/** Tells each what became of its events; `failures` are by their place among all. It is a failure only when all of them failed. */
function answer(sayings: readonly Saying[], failures: ReadonlyMap<number, unknown>): void {
  let first = 0
  for (const { events, resolve, reject } of sayings) {
    const rejections: Rejection[] = []
    for (const index of events.keys())
      if (failures.has(first + index)) rejections.push({ index, reason: String(failures.get(first + index)) })
    if (rejections.length > 0 && rejections.length === events.length) reject(failures.get(first))
    else resolve(rejections)
    first += events.length
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
