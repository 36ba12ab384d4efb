import type { Link, Port, Rejection, WireEvent } from '@heliobus/core'
import type { Draft, History } from './history.ts'
import { isEvent } from './intake.ts'

export interface LocalLinkOptions {
  readonly port: Port
  readonly history: History
  readonly append: (drafts: readonly Draft[]) => void | Promise<void>
  readonly closed: (link: LocalLink) => void
}

/** A bus in the hub's own process. It trusts the hub, and the hub trusts it. */
export class LocalLink implements Link {
  readonly #options: LocalLinkOptions
  readonly #name: string = `local:${crypto.randomUUID()}`
  #position: number
  #isClosed = false

  constructor(options: LocalLinkOptions) {
    this.#options = options
    this.#position = options.history.last
  }

  async send(events: readonly WireEvent[]): Promise<void | readonly Rejection[]> {
    if (this.#isClosed) throw new Error('the link is closed')
    const rejections: Rejection[] = []
    const drafts: Draft[] = []
    for (const [index, event] of events.entries()) {
      if (isEvent(event)) drafts.push({ topic: event.type, text: JSON.stringify(event), from: this.#name })
      else rejections.push({ index, reason: 'it is not a CloudEvent 1.0 in the JSON format' })
    }
    await this.#options.append(drafts)
    return rejections
  }

  /** Hands over what is new, a copy of its own of each. */
  deliver(): void {
    const { history, port } = this.#options
    this.#skipWhatIsGone()
    while (!this.#isClosed && this.#position < history.last) {
      const entry = history.at(++this.#position)
      if (entry !== undefined && entry.from !== this.#name) void port.receive(JSON.parse(entry.text))
    }
  }

  /** What was read before is not in the history any more. */
  beginAnew(): void {
    this.#position = this.#options.history.last
    this.#options.port.gap('the hub has begun a new history')
  }

  /** The hub is gone. */
  end(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#options.port.report('closed', 'the hub has closed')
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#options.closed(this)
  }

  /** Where others append, more may come at once than is kept here. */
  #skipWhatIsGone(): void {
    const { history, port } = this.#options
    const missing = history.first - 1 - this.#position
    if (missing <= 0) return
    port.gap(`the history does not reach back to ${this.#position}`, missing)
    this.#position = history.first - 1
  }
}
