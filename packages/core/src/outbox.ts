import { BusError } from './errors.ts'
import type { Link } from './transport.ts'
import type { WireEvent } from './wire.ts'

/** Events that go out in one call. */
interface Batch {
  readonly events: WireEvent[]
  /** Settles with what the link answers. */
  readonly accepted: Promise<void>
  readonly settle: (answer: Promise<void> | undefined) => void
}

/**
 * Events on their way into a link. Those of one task go out together, in order. They are held until the link has accepted
 * them, at most `limit`: a link that takes events at once never gets so far.
 */
export class Outbox {
  readonly #link: Link
  readonly #transport: string
  readonly limit: number
  readonly #sending = new Set<Promise<void>>()
  #open: Batch | undefined = undefined
  #held = 0
  /** Events that did not fit in. */
  dropped = 0

  constructor(link: Link, transport: string, limit: number) {
    this.#link = link
    this.#transport = transport
    this.limit = limit
  }

  /** Events that the link has not accepted yet. */
  get held(): number {
    return this.#held
  }

  /** Resolves when the link has accepted the event, rejects with `link-failed` when it can't send it. Undefined: the outbox is full. */
  add(event: WireEvent): Promise<void> | undefined {
    if (this.#held >= this.limit) this.flush()
    if (this.#held >= this.limit) {
      this.dropped++
      return undefined
    }
    this.#held++
    const batch = (this.#open ??= this.#begin())
    batch.events.push(event)
    return batch.accepted
  }

  /** Sends what waits for the end of the task now. */
  flush(): void {
    const batch = this.#open
    this.#open = undefined
    batch?.settle(this.#send(batch.events))
  }

  /** Resolves when the link has answered all that was sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#sending)
  }

  #begin(): Batch {
    let settle: Batch['settle'] = noop
    const accepted = new Promise<void>((resolve) => (settle = resolve as Batch['settle']))
    const batch: Batch = { events: [], accepted, settle }
    queueMicrotask(() => batch === this.#open && this.flush())
    const answered: Promise<void> = accepted.then(noop, noop).then(() => void this.#sending.delete(answered))
    this.#sending.add(answered)
    return batch
  }

  #send(events: readonly WireEvent[]): Promise<void> | undefined {
    const release = (): void => void (this.#held -= events.length)
    try {
      const answer = this.#link.send(events)
      if (answer !== undefined) return answer.then(release, (error: unknown) => this.#fail(error, release))
    } catch (error) {
      return this.#fail(error, release)
    }
    release()
    return undefined
  }

  #fail(cause: unknown, release: () => void): Promise<never> {
    release()
    return Promise.reject(new BusError('link-failed', { transport: this.#transport }, cause))
  }
}

function noop(): void {}
