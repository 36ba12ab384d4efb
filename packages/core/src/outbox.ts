import { BusError } from './errors.ts'
import type { Link, Rejection, Transport } from './transport.ts'
import type { WireEvent } from './wire.ts'

/** Events that go out in one call. */
interface Batch {
  readonly events: WireEvent[]
  /** Settles with what the link answers. */
  readonly answered: Promise<Answer>
  readonly settle: (answer: Promise<Answer> | undefined) => void
}

/** The events that the other side did not take, if any. */
type Answer = void | readonly Rejection[]

/**
 * Events on their way into a link. Those of one task go out together, in order. They are held until the link has accepted
 * them, at most `limit`: a link that takes events at once never gets so far.
 */
export class Outbox {
  readonly #link: Link
  readonly #transport: Transport
  readonly limit: number
  readonly #sending = new Set<Promise<void>>()
  #open: Batch | undefined = undefined
  #held = 0
  /** Events that did not fit in. */
  dropped = 0

  constructor(link: Link, transport: Transport, limit: number) {
    this.#link = link
    this.#transport = transport
    this.limit = limit
  }

  /** Events that the link has not accepted yet. */
  get held(): number {
    return this.#held
  }

  /** Resolves when the link has accepted the event, rejects with `link-failed` when it can't send it. Undefined: the outbox is full. */
  add(event: WireEvent): Promise<unknown> | undefined {
    if (this.#held >= this.limit) this.flush()
    if (this.#held >= this.limit) {
      this.dropped++
      return undefined
    }
    this.#held++
    const { events, answered } = (this.#open ??= this.#begin())
    const index = events.push(event) - 1
    return this.#transport.traits.acknowledges
      ? answered.then((answer) => this.#throwIfRejected(answer, index))
      : answered
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
    const answered = new Promise<Answer>((resolve) => (settle = resolve as Batch['settle']))
    const batch: Batch = { events: [], answered, settle }
    queueMicrotask(() => batch === this.#open && this.flush())
    const done: Promise<void> = answered.then(noop, noop).then(() => void this.#sending.delete(done))
    this.#sending.add(done)
    return batch
  }

  #send(events: readonly WireEvent[]): Promise<Answer> | undefined {
    const release = (): void => void (this.#held -= events.length)
    try {
      const answer = this.#link.send(events)
      if (answer !== undefined) return this.#follow(answer, release)
    } catch (error) {
      return this.#fail(error, release)
    }
    release()
    return undefined
  }

  #follow(answer: Promise<Answer>, release: () => void): Promise<Answer> {
    return answer.then(
      (rejections) => {
        release()
        return rejections
      },
      (error: unknown) => this.#fail(error, release),
    )
  }

  #fail(cause: unknown, release: () => void): Promise<never> {
    release()
    return Promise.reject(this.#failure(cause))
  }

  #throwIfRejected(answer: Answer, index: number): void {
    const rejection = answer?.find((one) => one.index === index)
    if (rejection !== undefined) throw this.#failure(new Error(rejection.reason))
  }

  #failure(cause: unknown): BusError {
    return new BusError('link-failed', { transport: this.#transport.name }, cause)
  }
}

function noop(): void {}
