import { type Clock, systemClock } from './clock.ts'
import { createPace, type Pace, type PaceOptions } from './pace.ts'
import type { Link, Port, Transport } from './transport.ts'
import type { WireEvent } from './wire.ts'

export interface ReconnectingOptions extends Omit<PaceOptions, 'clock'> {
  /** Default the system's. */
  readonly clock?: Clock
}

/**
 * The transport, opened again whenever it is lost: after a wait that is 0.5 s at most at first, doubles up to 30 s, and has
 * full jitter. What is sent meanwhile waits; the bridge's outbox bounds it. What others send meanwhile is missed, and told as a
 * gap, unless the transport is durable. The first attempt is the bridge's: it is not made again. A transport that comes back by
 * itself is answered as it is. Throws `option-invalid`.
 *
 * @example
 * await bridge(bus, reconnecting(messagePort(() => startWorker())))
 */
export function reconnecting(transport: Transport, options: ReconnectingOptions = {}): Transport {
  const { clock = systemClock } = options
  createPace({ ...options, clock }) // says now what is wrong with the options
  if (transport.traits.reconnects === true) return transport
  return {
    ...transport,
    traits: { ...transport.traits, reconnects: true },
    async open(port) {
      const link = new ReconnectingLink(transport, port, clock, createPace({ ...options, clock }))
      await link.open()
      return link
    },
  }
}

type Sent = ReturnType<Link['send']>

/** Events that wait for the link to be back. */
interface Waiting {
  readonly events: readonly WireEvent[]
  readonly resolve: (sent: Sent) => void
  readonly reject: (error: unknown) => void
}

class ReconnectingLink implements Link {
  readonly #transport: Transport
  readonly #port: Port
  readonly #clock: Clock
  readonly #pace: Pace
  #link: Link | undefined = undefined
  /** The attempt that counts: what an earlier one still says is not heard. */
  #attempt = 0
  #timer: unknown = undefined
  #waiting: Waiting[] = []
  #isClosed = false

  constructor(transport: Transport, port: Port, clock: Clock, pace: Pace) {
    this.#transport = transport
    this.#port = port
    this.#clock = clock
    this.#pace = pace
  }

  async open(): Promise<void> {
    const attempt = ++this.#attempt
    const link = await this.#transport.open(this.#portOf(attempt))
    if (attempt === this.#attempt) {
      this.#link = link
      this.#pace.opened()
    } else await link.close()
  }

  send(events: readonly WireEvent[]): Sent {
    if (this.#isClosed) throw new Error('the link is closed')
    if (this.#link !== undefined) return this.#link.send(events)
    return new Promise((resolve, reject) => this.#waiting.push({ events, resolve, reject }))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#attempt++
    this.#clock.clearTimeout(this.#timer)
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the link is closed'))
    await this.#link?.close()
  }

  #portOf(attempt: number): Port {
    const port = this.#port
    return {
      origin: port.origin,
      interest: port.interest,
      receive: (message, delivery) => port.receive(message, delivery),
      gap: (reason, missing) => port.gap(reason, missing),
      report: (status, detail) => {
        if (attempt !== this.#attempt) return
        if (status === 'lost' || status === 'closed') this.#lose(detail)
        else port.report(status, detail)
      },
    }
  }

  #lose(detail: unknown): void {
    const link = this.#link
    this.#link = undefined
    this.#attempt++
    this.#port.report('lost', detail)
    link?.close().catch(() => undefined) // it is lost anyway
    this.#wait()
  }

  #wait(): void {
    this.#timer = this.#clock.setTimeout(() => void this.#reopen(), this.#pace.next())
  }

  async #reopen(): Promise<void> {
    try {
      await this.open()
      if (this.#link !== undefined) this.#goOn(this.#link)
    } catch {
      if (!this.#isClosed) this.#wait() // the status is `lost` already; why it still is, is no news
    }
  }

  #goOn(link: Link): void {
    if (!this.#transport.traits.durable) this.#port.gap('the link was lost')
    this.#port.report('open')
    for (const { events, resolve, reject } of this.#waiting.splice(0)) {
      try {
        resolve(link.send(events))
      } catch (error) {
        reject(error)
      }
    }
  }
}
